// Lessons: what they say before they are run, and what their cells showed.
import { asked } from './api';
import type { Both, Settings } from './types';

export interface LessonEntry {
  name: string;
  title: Both;
  about: Both;
  seconds: number;
  missing: string[];
}
/** `low` and `high` are null for a folder of pictures. */
export interface LessonValue {
  name: string;
  value: number | string;
  low: number | null;
  high: number | null;
  label: string;
}
export interface LessonText {
  name: string;
  cells: { kind: 'text' | 'code' | 'values'; html: string }[];
  values: LessonValue[];
}
export type Shown =
  | { kind: 'text'; text: string }
  | { kind: 'picture'; text: string; file: string }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'goal'; text: string; reached: boolean };

/** `room`, `lesson` and `form` are places to go to; `job` is shown there and then. */
export interface Step {
  part: Both;
  title: Both;
  text: Both;
  room?: string;
  lesson?: string;
  form?: string;
  job?: string;
  settings?: Settings;
}
export interface Way {
  name: string;
  title: Both;
  about: Both;
  steps: Step[];
}

export const lessons = {
  all: () => asked('GET', 'api/lessons') as Promise<{ lessons: LessonEntry[]; ways: Way[] }>,
  one: (name: string) =>
    asked('GET', `api/lessons/${encodeURIComponent(name)}`) as Promise<LessonText>,
};
