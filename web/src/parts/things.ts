// What `detect` and `segment` found in a picture: objects with class, confidence, box and figures.
import { view, viewJson } from './api';
import { random } from './mlp';
import type { Task } from './types';

export interface Thing {
  kind: string;
  score: number;
  /** left, top, right, bottom in pixels of the picture */
  box: [number, number, number, number];
  /** its number in the label picture; 0 where there is none */
  label: number;
  figures: Record<string, number>;
}
export interface Labels {
  width: number;
  height: number;
  numbers: Uint32Array;
}
export interface Found {
  width: number;
  height: number;
  classes: { name: string; least: number }[];
  things: Thing[];
  labels: Labels | null;
}

type Told = { object: number; class: string; confidence: number | null } & Record<string, number>;
interface ThingsJson {
  classes: { name: string; least: number }[];
  pictures: { width: number; height: number; objects: Told[] }[];
}

/** Okabe and Ito's colours (2008): told apart by the colour-blind too. */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#f0e442'];

export function classColor(number: number): string {
  return COLORS[number % COLORS.length] ?? '#0072b2';
}

export async function foundIn(task: Task): Promise<Found | null> {
  const with_ = (name: string) =>
    task.made.findIndex((one) => one.files.some((file) => file.name.endsWith(`-${name}`)));
  const at = with_('things.json');
  if (at < 0) return null;
  const told = await viewJson<ThingsJson>(task, 'things.json', at);
  const picture = told.pictures[0];
  if (!picture) return null;
  const labels = with_('labels.json') < 0 ? null : await labelsOf(task, with_('labels.json'));
  const boxes = labels ? boxesOf(labels, picture.width / labels.width) : null;
  const things = picture.objects.map((one): Thing => {
    const { object, class: kind, confidence, ...figures } = one;
    return {
      kind: kind as unknown as string,
      score: confidence ?? 1,
      box: boxes?.get(object) ?? boxOf(figures),
      label: labels ? object : 0,
      figures: figures as Record<string, number>,
    };
  });
  return { width: picture.width, height: picture.height, classes: told.classes, things, labels };
}

async function labelsOf(task: Task, index: number): Promise<Labels> {
  const [about, bytes] = await Promise.all([
    viewJson<{ width: number; height: number }>(task, 'labels.json', index),
    view(task, 'labels.bin', index),
  ]);
  return { ...about, numbers: new Uint32Array(bytes) };
}

function boxOf(figures: Record<string, number>): Thing['box'] {
  const { centroid_x: x = 0, centroid_y: y = 0, width = 0, height = 0 } = figures;
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** Around each number of a label picture, `scale` pixels of the picture to one of it. */
function boxesOf(labels: Labels, scale: number): Map<number, Thing['box']> {
  const found = new Map<number, Thing['box']>();
  for (let i = 0; i < labels.numbers.length; i++) {
    const number = labels.numbers[i] ?? 0;
    if (!number) continue;
    const [x, y] = [(i % labels.width) * scale, Math.floor(i / labels.width) * scale];
    const box = found.get(number);
    if (!box) found.set(number, [x, y, x + scale, y + scale]);
    else {
      if (x < box[0]) box[0] = x;
      if (x + scale > box[2]) box[2] = x + scale;
      box[3] = y + scale;
    }
  }
  return found;
}

/** Those that count: at least as sure as their class asks. */
export function counted(found: Found, least: Record<string, number>): Thing[] {
  return found.things.filter((one) => one.score >= (least[one.kind] ?? 0));
}

const LENGTHS = [
  'perimeter',
  'centroid_x',
  'centroid_y',
  'major_axis',
  'minor_axis',
  'width',
  'height',
];

/** A figure in the unit that is asked for: pixels, or micrometres where it is known how many a pixel has. */
export function measured(name: string, value: number, micrometres: number | null): number {
  const power = name === 'area' ? 2 : LENGTHS.includes(name) ? 1 : 0;
  return micrometres === null ? value : value * micrometres ** power;
}

export function unitOf(name: string, micrometres: number | null): string {
  const unit = micrometres === null ? 'px' : 'µm';
  return name === 'area' ? `${unit}²` : LENGTHS.includes(name) ? unit : '';
}

// ------------------------------------------------------------------------------------ samples

/** A drawn blood smear: 15 red cells, a white one, and platelets. */
export function smear(): HTMLCanvasElement {
  const draw = random(32);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 480];
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = 'rgb(222 214 214)';
  context.fillRect(0, 0, 640, 480);
  const disk = (x: number, y: number, radius: number, stops: [number, string][]): void => {
    const shade = context.createRadialGradient(x, y, 0, x, y, radius);
    for (const [at, color] of stops) shade.addColorStop(at, color);
    context.fillStyle = shade;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  };
  const cells: [number, number][] = [];
  for (let i = 0; i < 2000 && cells.length < 15; i++) {
    const [x, y] = [50 + draw() * 540, 50 + draw() * 380];
    if (Math.hypot(x - 300, y - 230) < 130) continue;
    if (cells.every(([a, b]) => Math.hypot(x - a, y - b) > 98)) cells.push([x, y]);
  }
  for (const [x, y] of cells) {
    disk(x, y, 42 + 6 * draw(), [
      [0, 'rgb(222 190 192)'],
      [0.2, 'rgb(222 190 192)'],
      [0.6, 'rgb(205 150 160)'],
      [0.94, 'rgb(205 150 160)'],
      [1, 'rgb(205 150 160 / 0%)'],
    ]);
  }
  const soft = (color: string): [number, string][] => [
    [0, `rgb(${color})`],
    [0.92, `rgb(${color})`],
    [1, `rgb(${color} / 0%)`],
  ];
  disk(300, 230, 68, soft('196 170 196'));
  for (const [dx, dy, r] of [
    [-22, -20, 34],
    [18, -24, 32],
    [24, 20, 34],
    [-14, 26, 30],
  ] as const) {
    disk(300 + dx, 230 + dy, r, soft('105 80 165'));
  }
  let platelets = 0;
  for (let i = 0; i < 3000 && platelets < 4; i++) {
    const [x, y] = [24 + draw() * 590, 24 + draw() * 430];
    if (
      Math.hypot(x - 300, y - 230) < 110 ||
      !cells.every(([a, b]) => Math.hypot(x - a, y - b) > 66)
    )
      continue;
    disk(x, y, 15, soft('140 95 165'));
    cells.push([x, y]);
    platelets++;
  }
  return photographed(canvas, draw);
}

/** A little out of focus and with the grain of a camera: what is too clean is no photograph. */
function photographed(canvas: HTMLCanvasElement, draw: () => number): HTMLCanvasElement {
  const seen = document.createElement('canvas');
  [seen.width, seen.height] = [canvas.width, canvas.height];
  const context = seen.getContext('2d');
  if (!context) return canvas;
  context.filter = 'blur(1.2px)';
  context.drawImage(canvas, 0, 0);
  const data = context.getImageData(0, 0, seen.width, seen.height);
  for (let i = 0; i < data.data.length; i++) {
    if (i % 4 < 3) data.data[i] = (data.data[i] ?? 0) + 8 * (draw() + draw() - 1);
    else data.data[i] = 255;
  }
  context.putImageData(data, 0, 0);
  return seen;
}

/** Drawn nuclei, bright on dark, as a fluorescence microscope shows them. */
export function nuclei(): HTMLCanvasElement {
  const draw = random(5);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 320;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = 'rgb(8 8 10)';
  context.fillRect(0, 0, 320, 320);
  const placed: [number, number][] = [];
  for (let i = 0; i < 4000 && placed.length < 24; i++) {
    const [x, y] = [20 + draw() * 280, 20 + draw() * 280];
    if (!placed.every(([a, b]) => Math.hypot(x - a, y - b) > 34)) continue;
    placed.push([x, y]);
    context.save();
    context.translate(x, y);
    context.rotate(draw() * Math.PI);
    context.scale(1, 0.7 + 0.3 * draw());
    const radius = 13 + 5 * draw();
    const shade = context.createRadialGradient(-3, -3, 0, 0, 0, radius);
    const bright = Math.round(110 + 90 * draw());
    shade.addColorStop(0, `rgb(${bright} ${bright} ${bright})`);
    shade.addColorStop(0.85, `rgb(${bright - 40} ${bright - 40} ${bright - 40})`);
    shade.addColorStop(1, 'rgb(8 8 10 / 0%)');
    context.fillStyle = shade;
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.fill();
    context.restore();
  }
  return canvas;
}
