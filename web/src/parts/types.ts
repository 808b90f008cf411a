export type Language = 'en' | 'es';
export type Both = Record<Language, string>;

/** A value as JSON carries it; a file that was sent is `{file: number}`. */
export type Value = string | number | boolean | null | FileRef | Value[];
export interface FileRef {
  file: string;
}
export type Settings = Record<string, Value>;

export interface Choice {
  value: string | number;
  label: Both;
}

export interface Field {
  name: string;
  label: Both;
  about: Both;
  group: Both | null;
  type: string;
  /** what a field of pictures takes besides them: the name of a data set, or text */
  also: 'data' | 'text' | null;
  takes: string;
  first: boolean;
  several: boolean;
  required: boolean;
  automatic: boolean;
  default: Value;
  choices: Choice[];
  low: number | null;
  high: number | null;
  logarithmic: boolean;
}

export interface JobForm {
  name: string;
  chapter: string;
  title: Both;
  about: Both;
  example: Settings;
  fields: Field[];
}

export interface Forms {
  chapters: { name: string; title: Both }[];
  jobs: JobForm[];
}

export interface MadeFile {
  name: string;
  size: number;
}

export interface Made {
  name: string;
  files: MadeFile[];
  numbers: Record<string, unknown>;
  lines: string[];
  view?: Record<string, string>;
}

export type State = 'queued' | 'running' | 'done' | 'failed' | 'stopped' | 'stale';

export interface Task {
  id: string;
  job: string;
  asked: Settings;
  lane: string;
  room: string;
  state: State;
  done: number;
  total: number;
  text: string;
  said: string[];
  made: Made[];
  failed: { name: string; why: string }[];
  why: string;
  seconds: number;
}

export interface Sent {
  id: string;
  name: string;
  size: number;
  folder: boolean;
  state: 'new' | 'fine' | 'broken';
  why: string;
  about: { width?: number; height?: number; frames?: number; shown?: [number, number] };
}

export interface Offer {
  value: string;
  own?: boolean;
  does?: string;
  family?: string;
  title?: string;
  colors?: string[];
}
export type Offers = Record<string, Offer[]>;
