// Every sentence of the page, in both languages; they stand with all others in src/pincel/words.
import one from '../../../src/pincel/words/one.json';
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
  const known = singular[words.language];
  // "1 colour", but "48 x 1 pixels": as in pincel.words
  return sentence.replace(
    /\{(\w+)\}((?: [\p{L}-]+)*)/gu,
    (_, name: string, after: string, at: number) => {
      const value = String(values[name] ?? '');
      if (value !== '1' || /(?:[x×/²]|\bto|\ba) $/u.test(sentence.slice(0, at)))
        return value + after;
      let on = true;
      const single = after.split(' ').map((word, place) => {
        on = place === 0 || (on && known.has(word));
        return (on && known.get(word)) || word;
      });
      return value + single.join(' ');
    },
  );
}

function ofMany(code: Language): Map<string, string> {
  return new Map(one.of_many[code].split(', ').map((pair) => pair.split(' ') as [string, string]));
}

/** What stands after a number, in the plural, and the same of one. */
const singular: Record<Language, Map<string, string>> = { en: ofMany('en'), es: ofMany('es') };

/** A sentence that came in both languages. */
export function both(told: Both): string {
  return told[words.language];
}

/** A number as people write it. */
export function number(value: number, digits = 3): string {
  return new Intl.NumberFormat(words.language, {
    maximumFractionDigits: digits,
    useGrouping: 'always', // Spanish too, as the commands write it: 9.444
    signDisplay: 'negative',
  }).format(value);
}
