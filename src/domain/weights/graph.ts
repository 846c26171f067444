/** @file The layers of an imported net in order, as its graph file (NAME.graph.json beside NAME.safetensors) lists them. */
import { DomainError } from "../errors.ts";

export interface GraphLayer {
  readonly op: string;
  readonly name: string;
  /** Name of the layer whose result goes in; the first has the graph's input. */
  readonly input: string;
  /** The other summand of an "add". */
  readonly input2?: string;
  /** Names of tensors in the file of weights. */
  readonly kernel?: string;
  readonly bias?: string;
  readonly padding?: string;
  readonly strides?: readonly number[];
  readonly activation?: string;
}

export interface ImportGraph {
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly layers: readonly GraphLayer[];
}

const bad = (message: string) =>
  new DomainError(
    "BAD_FILE",
    `Not a readable graph file: ${message}; give the NAME.graph.json that belongs to the weights`,
  );
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every(Number.isInteger);
const mostLayers = 10_000;

/** @throws DomainError BAD_FILE that says what is wrong */
export function parseGraph(text: string): ImportGraph {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad("it is not JSON");
  }
  if (!isObject(value) || !isObject(value.input) || !Array.isArray(value.layers)) {
    throw bad("expected an object with `input` and `layers`");
  }
  if (typeof value.input.name !== "string" || !isNumbers(value.input.shape)) {
    throw bad("its `input` has no name, or no shape of whole numbers");
  }
  if (value.layers.length > mostLayers) throw bad(`it has ${value.layers.length} layers, over ${mostLayers}`);
  for (const [index, layer] of value.layers.entries()) checkLayer(layer, index);
  return value as unknown as ImportGraph;
}

function checkLayer(layer: unknown, index: number): void {
  if (!isObject(layer)) throw bad(`layer ${index} is no object`);
  const missing = ["op", "name", "input"].find((field) => typeof layer[field] !== "string");
  if (missing !== undefined) throw bad(`layer ${index} has no \`${missing}\``);
  const texts = ["input2", "kernel", "bias", "padding", "activation"];
  const wrong = texts.find((field) => layer[field] !== undefined && typeof layer[field] !== "string");
  if (wrong !== undefined) throw bad(`\`${wrong}\` of layer ${index} is no text`);
  if (layer.strides !== undefined && !isNumbers(layer.strides))
    throw bad(`\`strides\` of layer ${index} are no whole numbers`);
}
