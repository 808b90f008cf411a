// Label pictures as coloured sheets. Every pixel is looked at once: large ones have millions.
import type { Labels } from './things';

const INSIDE = 90;

/** 1 where a pixel of an object has another number beside it, above or below; beyond the sheet is another. */
export function borders({ width, height, numbers }: Labels): Uint8Array {
  const found = new Uint8Array(numbers.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const here = numbers[i] as number;
      if (!here) continue;
      if (
        x === 0 ||
        x === width - 1 ||
        y === 0 ||
        y === height - 1 ||
        numbers[i - 1] !== here ||
        numbers[i + 1] !== here ||
        numbers[i - width] !== here ||
        numbers[i + width] !== here
      )
        found[i] = 1;
    }
  }
  return found;
}

/** The sheet: objects in their colours (number -> #rrggbb), borders opaque, the rest see-through. */
export function sheetOf(labels: Labels, edges: Uint8Array, colors: Map<number, string>): ImageData {
  const sheet = new ImageData(labels.width, labels.height);
  const pixels = new DataView(sheet.data.buffer);
  let most = 0;
  for (const number of colors.keys()) most = Math.max(most, number);
  const known = new Uint32Array(most + 1); // red, green, blue and alpha of the inside, or 0
  for (const [number, hex] of colors)
    known[number] = (Number.parseInt(hex.slice(1), 16) << 8) | INSIDE;
  const { numbers } = labels;
  for (let i = 0; i < numbers.length; i++) {
    const here = numbers[i] as number;
    const color = here && here <= most ? (known[here] as number) : 0;
    if (color) pixels.setUint32(4 * i, edges[i] ? color | 255 : color);
  }
  return sheet;
}
