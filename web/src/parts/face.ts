// A face as `translate` hands it over, and a drawn one to begin with.
import { view, viewJson } from './api';
import type { Both, Task } from './types';

export interface Role {
  number: number;
  name: string;
  color: string | null;
  pixels: number;
  sure: number;
}
export interface Face {
  /** left, top and side of the square, in pixels of the picture */
  frame: [number, number, number];
  width: number;
  height: number;
  side: number;
  /** how likely all of it is right */
  sure: number;
  /** parts that may be wrong */
  unsure: Both[];
  photo: boolean;
  roles: Role[];
  places: Uint8Array;
  chance: Float32Array;
}

export async function faceOf(task: Task): Promise<Face> {
  const [told, places, chance] = await Promise.all([
    viewJson<Omit<Face, 'places' | 'chance'>>(task, 'face.json'),
    view(task, 'roles.bin'),
    view(task, 'chance.bin'),
  ]);
  return { ...told, places: new Uint8Array(places), chance: new Float32Array(chance) };
}

/** A flat drawn face with glasses, 384 x 384. */
export function drawnFace(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 384;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const fill = (color: string, path: (c: CanvasRenderingContext2D) => void): void => {
    context.fillStyle = color;
    context.beginPath();
    path(context);
    context.fill();
  };
  const oval = (x: number, y: number, rx: number, ry: number) => (c: CanvasRenderingContext2D) =>
    c.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
  fill('#cfe3f5', (c) => c.rect(0, 0, 384, 384));
  fill('#6b3f22', oval(192, 158, 112, 118));
  fill('#6b3f22', (c) => c.rect(82, 150, 220, 110));
  fill('#2f7d5b', (c) => c.roundRect(78, 304, 228, 120, 60));
  fill('#d99c74', (c) => c.rect(164, 250, 56, 70));
  fill('#eab38c', oval(192, 190, 84, 96));
  fill('#6b3f22', (c) => {
    c.moveTo(108, 180);
    c.bezierCurveTo(112, 60, 272, 60, 276, 180);
    c.bezierCurveTo(250, 130, 180, 150, 150, 118);
    c.bezierCurveTo(142, 150, 120, 150, 108, 180);
  });
  for (const x of [158, 226]) {
    fill('#ffffff', oval(x, 196, 15, 11));
    fill('#35241a', oval(x, 197, 8, 9));
  }
  fill('#a8433f', (c) => c.roundRect(166, 246, 52, 11, 6));
  fill('#d99c74', oval(192, 222, 9, 7));
  return canvas;
}
