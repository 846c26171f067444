/** @file A MobileNet's two files as an import has them, of invented weights. */
import type { MobileNetModel } from "@tessera/domain/configuration/classificationModels";
import { mobilenetLayers } from "@tessera/domain/configuration/mobilenetLayers";
import { randomStream } from "@tessera/domain/random";
import type { NamedTensor } from "@tessera/domain/weights/safetensors";
import { writeSafetensors } from "@tessera/training/safetensors";

/** @param dead the first so many filters of the layer are 0 */
export function mobilenetFile(model: MobileNetModel & { classes: number }, dead: Record<string, number> = {}) {
  const random = randomStream("mobilenet file");
  const tensors = new Map<string, NamedTensor>();
  const graph: Record<string, unknown>[] = [];
  const input = { name: "input", shape: [1, model.size, model.size, 3] };
  let [result, from] = [input.name, 3];
  const results = new Map<string, string>();
  const add = (name: string, shape: readonly [number, number, number, number], bias: number) => {
    const length = shape.reduce((product, side) => product * side, 1);
    const channels = shape[3] === 1 ? shape[2] : shape[3];
    const scale = Math.sqrt((2 * channels) / length);
    const data = Float32Array.from({ length }, (_, i) =>
      i % channels < (dead[name] ?? 0) ? 0 : scale * random.normal(),
    );
    tensors.set(`${name}/k`, { shape, data });
    tensors.set(`${name}/b`, { shape: [bias], data: Float32Array.from({ length: bias }, () => 0.1 * random.normal()) });
    return { name, kernel: `${name}/k`, bias: `${name}/b`, padding: "same" };
  };
  for (const { name, kind, kernelSize, strides, filters, linear, adds } of mobilenetLayers(model)) {
    const weights = add(name, [kernelSize, kernelSize, from, kind === "depthwise" ? 1 : filters], filters);
    const activation = linear ? "none" : "relu6";
    graph.push({ ...weights, op: kind, input: result, strides: [strides, strides], activation });
    result = name;
    if (adds !== null) {
      result = `${name}/sum`;
      graph.push({ op: "add", name: result, input: results.get(adds), input2: name });
    }
    results.set(name, result);
    from = filters;
  }
  graph.push({ op: "avgpool", name: "average", input: result });
  const head = add("logits", [1, 1, from, model.classes], model.classes);
  graph.push({ ...head, op: "conv", input: "average", strides: [1, 1], activation: "none" });
  return {
    weights: new Uint8Array(writeSafetensors({ tensors, metadata: {} })),
    graph: new TextEncoder().encode(JSON.stringify({ input, layers: graph })),
  };
}
