/** @file A graph file computed layer by layer in float64, with nothing of ours but the file's words: what an import is held to. */

interface Layer {
  readonly op: string;
  readonly name: string;
  readonly input: string;
  readonly input2?: string;
  readonly kernel?: string;
  readonly bias?: string;
  readonly strides?: readonly number[];
  readonly activation?: string;
}

export interface PlainGraph {
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly layers: readonly Layer[];
}

interface Values {
  /** [h, w, c] */
  readonly shape: readonly [number, number, number];
  readonly data: Float64Array;
}

type Tensors = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;

/** @param image [h, w, 3] in the graph's own unit @returns the results of every layer by its name */
export function plainResults(graph: PlainGraph, tensors: Tensors, image: Values): Map<string, Values> {
  const results = new Map([[graph.input.name, image]]);
  for (const layer of graph.layers) {
    const x = results.get(layer.input)!;
    results.set(layer.name, activated(compute(layer, x, results, tensors), layer.activation));
  }
  return results;
}

function compute(layer: Layer, x: Values, results: ReadonlyMap<string, Values>, tensors: Tensors): Values {
  if (layer.op === "conv" || layer.op === "depthwise") return convolution(layer, x, tensors);
  if (layer.op === "add") {
    const other = results.get(layer.input2!)!;
    return { shape: x.shape, data: x.data.map((value, i) => value + other.data[i]!) };
  }
  if (layer.op === "avgpool") {
    const [h, w, c] = x.shape;
    const data = new Float64Array(c);
    for (const [i, value] of x.data.entries()) data[i % c]! += value / (h * w);
    return { shape: [1, 1, c], data };
  }
  if (layer.op === "softmax") {
    const most = Math.max(...x.data);
    const powers = x.data.map((value) => Math.exp(value - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    return { shape: x.shape, data: powers.map((value) => value / sum) };
  }
  if (layer.op === "reshape") return x;
  throw new Error(`plainGraph: no ${layer.op}`);
}

function convolution({ op, kernel, bias, strides }: Layer, x: Values, tensors: Tensors): Values {
  const { shape, data: k } = tensors.get(kernel!)!;
  const b = tensors.get(bias!)!.data;
  const [kh, kw, , last] = shape as [number, number, number, number];
  const [h, w, c] = x.shape;
  const s = strides![0]!;
  const [oh, ow, filters] = [Math.ceil(h / s), Math.ceil(w / s), b.length];
  const [top, left] = [before(h, oh, kh, s), before(w, ow, kw, s)];
  const data = new Float64Array(oh * ow * filters);
  for (let y = 0; y < oh; y++) {
    for (let z = 0; z < ow; z++) {
      const at = (y * ow + z) * filters;
      for (let f = 0; f < filters; f++) data[at + f] = b[f]!;
      for (let i = 0; i < kh; i++) {
        for (let j = 0; j < kw; j++) {
          const [row, column] = [y * s + i - top, z * s + j - left];
          if (row < 0 || row >= h || column < 0 || column >= w) continue;
          const from = (row * w + column) * c;
          const tap = (i * kw + j) * c * last;
          for (let n = 0; n < c; n++) {
            const value = x.data[from + n]!;
            if (op === "depthwise") data[at + n]! += value * k[tap + n]!;
            else if (value !== 0) for (let f = 0; f < filters; f++) data[at + f]! += value * k[tap + n * last + f]!;
          }
        }
      }
    }
  }
  return { shape: [oh, ow, filters], data };
}

const before = (size: number, out: number, kernel: number, strides: number): number =>
  Math.floor(Math.max(0, (out - 1) * strides + kernel - size) / 2);

const activated = ({ shape, data }: Values, activation: string | undefined): Values =>
  activation === "relu6" ? { shape, data: data.map((value) => Math.min(6, Math.max(0, value))) } : { shape, data };
