// Maps of numbers as colours. What is never negative goes from dark to bright; what can be both goes
// from blue over grey to orange, with zero in the middle.
export interface Range {
  low: number;
  high: number;
}

const BRIGHT: [number, number, number][] = [
  [12, 10, 30],
  [66, 20, 96],
  [140, 41, 99],
  [204, 71, 72],
  [240, 125, 44],
  [250, 196, 70],
  [252, 250, 190],
];
const BOTH: [number, number, number][] = [
  [24, 70, 190],
  [110, 150, 225],
  [236, 236, 232],
  [236, 150, 90],
  [190, 70, 20],
];

function between(colors: [number, number, number][], at: number): [number, number, number] {
  const place = Math.min(0.99999, Math.max(0, at)) * (colors.length - 1);
  const low = Math.floor(place);
  const [a, b] = [colors[low], colors[low + 1]];
  if (!a || !b) return [0, 0, 0];
  return [0, 1, 2].map((i) => (a[i] ?? 0) + ((b[i] ?? 0) - (a[i] ?? 0)) * (place - low)) as [
    number,
    number,
    number,
  ];
}

export function rangeOf(values: ArrayLike<number>): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

export function colorOf(value: number, range: Range): [number, number, number] {
  if (range.low >= 0) return between(BRIGHT, value / (range.high || 1));
  const most = Math.max(-range.low, range.high) || 1;
  return between(BOTH, 0.5 + value / (2 * most));
}

/** A map (height, width) as a picture of its true size. */
export function pictureOf(
  values: ArrayLike<number>,
  width: number,
  height: number,
  range: Range = rangeOf(values),
): ImageData {
  const data = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = colorOf(values[i] ?? 0, range);
    data.data.set([r, g, b, 255], 4 * i);
  }
  return data;
}
