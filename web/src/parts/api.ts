// What the page asks of the studio. Nothing here ever leaves the studio's own address.
import type { Forms, Offers, Sent, Settings, Task } from './types';
import { words } from './words.svelte';

const HEADERS = { 'X-Pincel': '1' };

/** One sentence that says what came, what is allowed, what to do. */
export class Refused extends Error {}

export async function asked(method: string, path: string, body?: BodyInit): Promise<unknown> {
  const joined = path + (path.includes('?') ? '&' : '?') + `language=${words.language}`;
  const answer = await fetch(joined, { method, headers: HEADERS, body });
  const told = await answer.json();
  if (!answer.ok) throw new Refused(told.error ?? answer.statusText);
  return told;
}

export interface RunEntry {
  name: string;
  family: string;
  data: string;
  classes: string[];
  epochs: number | null;
  finished: boolean;
}

const encoded = encodeURIComponent;

export const api = {
  forms: () => asked('GET', 'api/forms') as Promise<Forms>,
  offers: () => asked('GET', 'api/offers') as Promise<Offers>,
  state: () => asked('GET', 'api/state') as Promise<{ last: number; files: Sent[]; tasks: Task[] }>,
  run: (job: string, settings: Settings, lane = '', room = '') =>
    asked(
      'POST',
      `api/${job.startsWith('touch:') ? 'touch' : 'tasks'}/${encoded(job.replace('touch:', ''))}?lane=${encoded(lane)}&room=${encoded(room)}`,
      JSON.stringify(settings),
    ) as Promise<Task>,
  runs: () => asked('GET', 'api/runs') as Promise<RunEntry[]>,
  metrics: (run: string) =>
    asked('GET', `api/runs/${encoded(run)}/metrics`) as Promise<Record<string, number>[]>,
  stop: (task: string) => asked('DELETE', `api/tasks/${task}`),
  drop: (task: string) => asked('DELETE', `api/tasks/${task}?forget=1`),
  send: (file: Blob, name: string, into = '') =>
    asked(
      'POST',
      `api/files?name=${encoded(name)}${into ? `&into=${into}` : ''}`,
      file,
    ) as Promise<Sent>,
  folder: (name: string) => asked('POST', `api/folders?name=${encoded(name)}`) as Promise<Sent>,
  forget: (file: string) => asked('DELETE', `api/files/${file}`),
};

export function thumb(file: Sent): string {
  return `api/files/${file.id}/thumb`;
}

export function shown(file: Sent): string {
  return `api/files/${file.id}/shown`;
}

/** Where a file of a result is. */
export function result(task: Task, name: string): string {
  return `api/tasks/${task.id}/files/${name.split('/').map(encoded).join('/')}`;
}

/** The bytes of a view of a result: with the event, or fetched. */
export async function view(task: Task, name: string, index = 0): Promise<ArrayBuffer> {
  const made = task.made[index];
  const inside = made?.view?.[name];
  if (inside !== undefined) {
    return Uint8Array.from(atob(inside), (c) => c.charCodeAt(0)).buffer;
  }
  const answer = await fetch(result(task, `view/${index + 1}-${name}`));
  if (!answer.ok) throw new Refused(name);
  return answer.arrayBuffer();
}

export async function viewJson<T>(task: Task, name: string, index = 0): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await view(task, name, index))) as T;
}
