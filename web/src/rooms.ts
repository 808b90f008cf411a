// The rooms in the order of the menu. Each is loaded when it is entered.
import type { Component } from 'svelte';

export interface RoomEntry {
  name: string;
  group: 'create' | 'understand' | 'all';
  load: () => Promise<{ default: Component<{ rest: string }> }>;
}

export const rooms: RoomEntry[] = [
  { name: 'make', group: 'create', load: () => import('./rooms/Make.svelte') },
  { name: 'repair', group: 'create', load: () => import('./rooms/Repair.svelte') },
  { name: 'draw', group: 'create', load: () => import('./rooms/Draw.svelte') },
  { name: 'faces', group: 'create', load: () => import('./rooms/Faces.svelte') },
  { name: 'numbers', group: 'understand', load: () => import('./rooms/Numbers.svelte') },
  { name: 'open', group: 'understand', load: () => import('./rooms/Open.svelte') },
  { name: 'play', group: 'understand', load: () => import('./rooms/Playground.svelte') },
  { name: 'code', group: 'understand', load: () => import('./rooms/Code.svelte') },
  { name: 'cells', group: 'understand', load: () => import('./rooms/Cells.svelte') },
  { name: 'train', group: 'understand', load: () => import('./rooms/Train.svelte') },
  { name: 'lessons', group: 'understand', load: () => import('./rooms/Lessons.svelte') },
  { name: 'jobs', group: 'all', load: () => import('./rooms/AnyJob.svelte') },
  { name: 'tasks', group: 'all', load: () => import('./rooms/Tasks.svelte') },
];
