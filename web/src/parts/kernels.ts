// A kernel slid over a plane of numbers: at each place the products are added up (cross-correlation,
// as convolution layers do it; the edge is mirrored).
export const KERNELS: Record<string, number[]> = {
  'sobel-x': [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  'sobel-y': [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  laplace: [0, 1, 0, 1, -4, 1, 0, 1, 0],
  box: Array(9).fill(1 / 9),
  gauss: [1, 2, 1, 2, 4, 2, 1, 2, 1].map((one) => one / 16),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
  emboss: [-2, -1, 0, -1, 1, 1, 0, 1, 2],
  identity: [0, 0, 0, 0, 1, 0, 0, 0, 0],
};

function mirrored(at: number, length: number): number {
  if (length === 1) return 0;
  if (at < 0) return -at;
  return at >= length ? 2 * length - 2 - at : at;
}

/** The 3 x 3 numbers around a place, row by row. */
export function around(
  plane: ArrayLike<number>,
  width: number,
  height: number,
  x: number,
  y: number,
): number[] {
  const found: number[] = [];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      found.push(plane[mirrored(y + dy, height) * width + mirrored(x + dx, width)] ?? 0);
    }
  }
  return found;
}

export function slide(
  plane: ArrayLike<number>,
  width: number,
  height: number,
  kernel: number[],
): Float32Array {
  const found = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const read = around(plane, width, height, x, y);
      found[y * width + x] = read.reduce((sum, one, i) => sum + one * (kernel[i] ?? 0), 0);
    }
  }
  return found;
}

export type Channel = 'grey' | 'red' | 'green' | 'blue';

/** One plane of numbers of a picture, 0 to 255. */
export function planeOf(data: ImageData, channel: Channel): Float32Array {
  const found = new Float32Array(data.width * data.height);
  const at = { grey: -1, red: 0, green: 1, blue: 2 }[channel];
  for (let i = 0; i < found.length; i++) {
    const [r = 0, g = 0, b = 0] = data.data.subarray(4 * i, 4 * i + 3);
    found[i] =
      at < 0 ? Math.round(0.2125 * r + 0.7154 * g + 0.0721 * b) : (data.data[4 * i + at] ?? 0);
  }
  return found;
}

export function hsv(r: number, g: number, b: number): [number, number, number] {
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  let hue = 0;
  if (span) {
    if (most === r) hue = ((g - b) / span + 6) % 6;
    else hue = most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  }
  return [60 * hue, most ? span / most : 0, most / 255];
}
