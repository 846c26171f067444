/** @file Which of our architectures a file of weights is of, and which tensor is which layer's: from its graph and its shapes alone. */
import type { MobileNetModel } from "../configuration/classificationModels.ts";
import { type MobileNetLayer, mobilenetLayers } from "../configuration/mobilenetLayers.ts";
import { DomainError } from "../errors.ts";
import type { GraphLayer, ImportGraph } from "./graph.ts";
import type { NamedTensor } from "./safetensors.ts";

export interface ImportedLayer {
  /** Ours: "block1/depthwise", or "head". */
  readonly name: string;
  /** Names in the file. A convolution's bias is what its batch normalisation was folded into. */
  readonly kernel: string;
  readonly bias: string;
}

export interface RecognisedNet extends MobileNetModel {
  /** Number of logits of the file's head. */
  readonly classes: number;
  /** In order, the head last. */
  readonly layers: readonly ImportedLayer[];
}

type Shapes = ReadonlyMap<string, Pick<NamedTensor, "shape">>;

/** Widths that weights were published for. */
const alphas = [0.25, 0.35, 0.5, 0.75, 1, 1.3, 1.4] as const;
const families = ["mobilenetV1", "mobilenetV2"] as const;

/** @throws DomainError BAD_INPUT that names the first layer that is no MobileNet's, of the family that fits longest */
export function recognise(graph: ImportGraph, tensors: Shapes): RecognisedNet {
  const [, height, width, channels] = graph.input.shape;
  const weighted = graph.layers.filter(({ kernel }) => kernel !== undefined);
  let best = { at: -1, words: "it has no layer with weights" };
  for (const family of families) {
    for (const alpha of alphas) {
      const layers = mobilenetLayers({ family, alpha });
      const difference = firstDifference(layers, graph, weighted, tensors);
      if (difference === null && height === width && channels === 3) {
        const names = [...layers.map(({ name }) => name), "head"];
        const found = names.map((name, i) => ({ name, kernel: weighted[i]!.kernel!, bias: weighted[i]!.bias! }));
        const classes = tensors.get(found.at(-1)!.bias)!.shape[0]!;
        return { family, size: height!, alpha, classes, layers: found };
      }
      if (difference !== null && difference.at > best.at) best = difference;
    }
  }
  const side = `an input of [1, size, size, 3], got [${graph.input.shape}]`;
  const words = height === width && channels === 3 ? best.words : side;
  throw new DomainError(
    "BAD_INPUT",
    `The weights are of no architecture that can be imported (mobilenetV1, mobilenetV2): ${words}; choose a file of one of these`,
  );
}

function firstDifference(
  layers: readonly MobileNetLayer[],
  graph: ImportGraph,
  weighted: readonly GraphLayer[],
  tensors: Shapes,
): { at: number; words: string } | null {
  let from = 3;
  let result = graph.input.name; // of the layer before, with what is added
  const results = new Map<string, string>();
  for (const [at, layer] of layers.entries()) {
    const got = weighted[at];
    const kernel = [layer.kernelSize, layer.kernelSize, from, layer.kind === "depthwise" ? 1 : layer.filters];
    const expected = `${layer.kind} ${kernel} strides ${layer.strides} ${layer.linear ? "none" : "relu6"} after ${result}`;
    const found = got && `${described(got, tensors)} after ${got.input}`;
    if (found !== expected) return { at, words: `layer ${at} should be ${expected}, and is ${found ?? "not there"}` };
    if (tensors.get(got!.bias ?? "")?.shape.join() !== String(layer.filters)) {
      return { at, words: `layer ${at} should have a bias of [${layer.filters}]` };
    }
    result = got!.name;
    if (layer.adds !== null) {
      const summands = [results.get(layer.adds), got!.name].sort().join();
      const sum = graph.layers.find(
        ({ op, input, input2 }) => op === "add" && [input, input2].sort().join() === summands,
      );
      if (sum === undefined) return { at, words: `the result of layer ${at} should be added to that of ${layer.adds}` };
      result = sum.name;
    }
    results.set(layer.name, result);
    from = layer.filters;
  }
  return headDifference(graph, weighted.slice(layers.length), tensors, from, result);
}

/** The head is a convolution of 1x1 over the average of all pixels, which is a dense layer. */
function headDifference(
  graph: ImportGraph,
  rest: readonly GraphLayer[],
  tensors: Shapes,
  from: number,
  result: string,
): { at: number; words: string } | null {
  const at = graph.layers.length;
  const [head] = rest;
  const average = graph.layers.find(({ op, input }) => op === "avgpool" && input === result);
  const classes = tensors.get(head?.bias ?? "")?.shape[0];
  const shape = tensors.get(head?.kernel ?? "")?.shape.join();
  const fits = rest.length === 1 && average !== undefined && head!.input === average.name && head!.op === "conv";
  if (fits && classes !== undefined && shape === [1, 1, from, classes].join()) return null;
  return {
    at,
    words: `behind layer ${result} should be the average of all pixels and one head of [1,1,${from},classes]`,
  };
}

function described({ op, kernel, strides, activation, padding }: GraphLayer, tensors: Shapes): string {
  const same = padding === "same" && strides?.[0] === strides?.[1];
  const shape = tensors.get(kernel!)?.shape ?? "absent from the weights";
  return `${op} ${shape} strides ${same ? strides?.[0] : `${strides} padded ${padding}`} ${activation}`;
}
