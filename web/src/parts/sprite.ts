// A sprite as the studio hands it over: colours, and an index for every pixel of every frame.
import { view, viewJson } from './api';
import type { Task } from './types';

export interface Sprite {
  width: number;
  height: number;
  frames: number;
  times: number[];
  colors: string[];
  indices: Int16Array;
}

export async function spriteOf(task: Task, index = 0): Promise<Sprite> {
  const [told, bytes] = await Promise.all([
    viewJson<Omit<Sprite, 'indices'>>(task, 'sprite.json', index),
    view(task, 'frames.bin', index),
  ]);
  return { ...told, indices: new Int16Array(bytes) };
}

function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** One frame as a picture of its true size. */
export function frame(sprite: Sprite, number: number): ImageData {
  const size = sprite.width * sprite.height;
  const table = sprite.colors.map(rgb);
  const data = new ImageData(sprite.width, sprite.height);
  for (let i = 0; i < size; i++) {
    const color = table[sprite.indices[number * size + i] ?? -1];
    if (color) data.data.set([...color, 255], 4 * i);
  }
  return data;
}

/** What the frame before had where this one has something else. */
export function left(sprite: Sprite, number: number): ImageData {
  const size = sprite.width * sprite.height;
  const before = (number + sprite.frames - 1) % sprite.frames;
  const data = frame(sprite, before);
  for (let i = 0; i < size; i++) {
    if (sprite.indices[before * size + i] === sprite.indices[number * size + i]) {
      data.data[4 * i + 3] = 0;
    }
  }
  return data;
}

export function canvasOf(data: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = data.width;
  canvas.height = data.height;
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  return canvas;
}

export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('png'))), 'image/png');
  });
}
