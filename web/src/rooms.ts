// The rooms in the order of the menu. Each is loaded when it is entered.
import type { Component } from 'svelte';

export interface RoomEntry {
  name: string;
  group: 'create' | 'understand' | 'all';
  load: () => Promise<{ default: Component<{ rest: string }> }>;
}

export const rooms: RoomEntry[] = [
  { name: 'make', group: 'create', load: () => import('./rooms/Make.svelte') },
  { name: 'jobs', group: 'all', load: () => import('./rooms/AnyJob.svelte') },
  { name: 'tasks', group: 'all', load: () => import('./rooms/Tasks.svelte') },
];
