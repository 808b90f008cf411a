// A small network of neurons, with every number on the way forwards and backwards in reach.
export type Activation = 'tanh' | 'relu' | 'sigmoid' | 'linear';

const APPLY: Record<Activation, (z: number) => number> = {
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  linear: (z) => z,
};
/** The slope, from what the neuron gave. */
const SLOPE: Record<Activation, (a: number) => number> = {
  tanh: (a) => 1 - a * a,
  relu: (a) => (a > 0 ? 1 : 0),
  sigmoid: (a) => a * (1 - a),
  linear: () => 1,
};

export interface Layer {
  /** weights[neuron][input] */
  weights: number[][];
  bias: number[];
}
export interface Gradient {
  weights: number[][];
  bias: number[];
}
export interface Trace {
  /** what each layer gave, the input first */
  values: number[][];
  /** the answer: how likely the second class is */
  odds: number;
  loss: number;
}
export interface Example {
  input: number[];
  label: 0 | 1;
}

/** Random numbers that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export class Network {
  layers: Layer[] = [];

  constructor(
    readonly sizes: number[],
    readonly activation: Activation,
    seed: number,
  ) {
    const draw = random(seed);
    for (let i = 1; i < sizes.length; i++) {
      const [before, here] = [sizes[i - 1] ?? 1, sizes[i] ?? 1];
      const reach = Math.sqrt(6 / (before + here));
      const row = () => Array.from({ length: before }, () => (2 * draw() - 1) * reach);
      this.layers.push({ weights: Array.from({ length: here }, row), bias: Array(here).fill(0) });
    }
  }

  /** Forwards: every layer adds up what it reads, times its weights, plus its bias. */
  forward(example: Example): Trace {
    const values = [example.input];
    this.layers.forEach((layer, i) => {
      const read = values[i] ?? [];
      const last = i === this.layers.length - 1;
      values.push(
        layer.weights.map((row, n) => {
          const sum = row.reduce((all, w, k) => all + w * (read[k] ?? 0), layer.bias[n] ?? 0);
          return APPLY[last ? 'sigmoid' : this.activation](sum);
        }),
      );
    });
    const odds = values.at(-1)?.[0] ?? 0.5;
    const right = example.label ? odds : 1 - odds;
    return { values, odds, loss: -Math.log(Math.max(right, 1e-9)) };
  }

  /** Backwards: how much the loss changes with each sum (delta), layer by layer from the end. */
  deltas(example: Example, trace: Trace): number[][] {
    const found: number[][] = [];
    let later = [trace.odds - example.label]; // of cross-entropy after a sigmoid
    found.unshift(later);
    for (let i = this.layers.length - 2; i >= 0; i--) {
      const next = this.layers[i + 1];
      const here = (trace.values[i + 1] ?? []).map((value, n) => {
        const sum = later.reduce((all, d, k) => all + d * (next?.weights[k]?.[n] ?? 0), 0);
        return sum * SLOPE[this.activation](value);
      });
      found.unshift(here);
      later = here;
    }
    return found;
  }

  /** The mean gradient of the loss over examples. */
  gradient(examples: Example[]): { gradients: Gradient[]; loss: number } {
    const gradients = this.layers.map((layer) => ({
      weights: layer.weights.map((row) => row.map(() => 0)),
      bias: layer.bias.map(() => 0),
    }));
    let loss = 0;
    for (const example of examples) {
      const trace = this.forward(example);
      loss += trace.loss / examples.length;
      this.deltas(example, trace).forEach((deltas, i) => {
        const into = gradients[i];
        if (!into) return;
        deltas.forEach((delta, n) => {
          into.bias[n] = (into.bias[n] ?? 0) + delta / examples.length;
          const row = into.weights[n] ?? [];
          (trace.values[i] ?? []).forEach((value, k) => {
            row[k] = (row[k] ?? 0) + (delta * value) / examples.length;
          });
        });
      });
    }
    return { gradients, loss };
  }

  /** One step of gradient descent: every weight moves against its slope. */
  step(examples: Example[], rate: number, decay = 0): number {
    const { gradients, loss } = this.gradient(examples);
    this.layers.forEach((layer, i) => {
      const slope = gradients[i];
      layer.weights.forEach((row, n) => {
        row.forEach((w, k) => {
          row[k] = w - rate * ((slope?.weights[n]?.[k] ?? 0) + decay * w);
        });
        layer.bias[n] = (layer.bias[n] ?? 0) - rate * (slope?.bias[n] ?? 0);
      });
    });
    return loss;
  }

  loss(examples: Example[]): number {
    return examples.reduce((sum, one) => sum + this.forward(one).loss, 0) / (examples.length || 1);
  }
}

// ----------------------------------------------------------------------------------- examples

export type Shape = 'circle' | 'xor' | 'halves' | 'spiral';

/** Points between -1 and 1 in two classes. */
export function points(shape: Shape, count: number, noise: number, seed: number): Example[] {
  const draw = random(seed);
  const shaky = () => noise * (draw() + draw() + draw() - 1.5);
  return Array.from({ length: count }, (_, i) => {
    const label = (i % 2) as 0 | 1;
    let [x, y] = [2 * draw() - 1, 2 * draw() - 1];
    if (shape === 'circle') {
      const radius = label ? 0.35 * Math.sqrt(draw()) : 0.6 + 0.35 * draw();
      const angle = 2 * Math.PI * draw();
      [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    } else if (shape === 'xor') {
      x = label ? Math.abs(x) * Math.sign(y) : -Math.abs(x) * Math.sign(y);
      [x, y] = [x * 0.95 + 0.05 * Math.sign(x), y * 0.95 + 0.05 * Math.sign(y)];
    } else if (shape === 'halves') {
      [x, y] = [0.45 * (2 * label - 1) + 0.3 * (2 * draw() - 1), y * 0.9];
    } else {
      const at = i / count;
      const angle = 3.2 * at * Math.PI + label * Math.PI;
      [x, y] = [0.95 * at * Math.cos(angle), 0.95 * at * Math.sin(angle)];
    }
    return { input: [x + shaky(), y + shaky()], label };
  });
}

export const SIDE = 8;

/** Small pictures: rings (0) and crosses (1), moved and spotted a little. */
export function pictures(count: number, noise: number, seed: number): Example[] {
  const draw = random(seed);
  return Array.from({ length: count }, (_, i) => {
    const label = (i % 2) as 0 | 1;
    const [cx, cy] = [
      3.5 + Math.round(2 * draw() - 1) * 0.5,
      3.5 + Math.round(2 * draw() - 1) * 0.5,
    ];
    const radius = 2.2 + draw();
    const input = Array.from({ length: SIDE * SIDE }, (_, k) => {
      const [x, y] = [(k % SIDE) - cx, Math.floor(k / SIDE) - cy];
      const far = Math.hypot(x, y);
      const on = label
        ? Math.abs(Math.abs(x) - Math.abs(y)) < 0.6 && far < radius + 1
        : Math.abs(far - radius) < 0.6;
      const spotted = draw() < 0.12 * noise ? !on : on;
      return spotted ? 1 : 0;
    });
    return { input, label };
  });
}

/** Rows "x, y, class" as examples between -1 and 1; the first two classes are taken. */
export function fromCsv(text: string): Example[] {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.split(/[,;\t]/).map((one) => one.trim()))
    .filter(
      (row) =>
        row.length >= 3 &&
        row[0] !== '' &&
        !Number.isNaN(Number(row[0])) &&
        !Number.isNaN(Number(row[1])),
    );
  const classes = [...new Set(rows.map((row) => row[2]))].slice(0, 2);
  const kept = rows.filter((row) => classes.includes(row[2]));
  const scale = (k: number): ((value: number) => number) => {
    const all = kept.map((row) => Number(row[k]));
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return (value) => (high > low ? (1.8 * (value - low)) / (high - low) - 0.9 : 0);
  };
  const [sx, sy] = [scale(0), scale(1)];
  return kept.map((row) => ({
    input: [sx(Number(row[0])), sy(Number(row[1]))],
    label: (row[2] === classes[1] ? 1 : 0) as 0 | 1,
  }));
}
