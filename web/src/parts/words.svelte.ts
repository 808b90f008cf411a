// Every sentence of the page, in both languages; they stand with all others in src/pincel/words.
import sentences from '../../../src/pincel/words/page.json';
import type { Both, Language } from './types';

export type Key = keyof typeof sentences;

function first(): Language {
  const kept = localStorage.getItem('pincel.language');
  if (kept === 'en' || kept === 'es') return kept;
  return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en';
}

class Words {
  language = $state<Language>(first());

  choose(language: Language): void {
    this.language = language;
    localStorage.setItem('pincel.language', language);
    document.documentElement.lang = language;
  }
}

export const words = new Words();
document.documentElement.lang = words.language;

/** The sentence of this key, its {blanks} filled. */
export function say(key: Key, values: Record<string, string | number> = {}): string {
  const sentence = (sentences[key] as Both)[words.language];
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A sentence that came in both languages. */
export function both(told: Both): string {
  return told[words.language];
}

/** A number as people write it. */
export function number(value: number, digits = 3): string {
  return new Intl.NumberFormat(words.language, {
    maximumFractionDigits: digits,
    signDisplay: 'negative',
  }).format(value);
}
