/** @file What a file of folded weights holds for the architecture that it was recognised as. */
import type { RecognisedNet } from "./recognise.ts";
import type { DeadFilters, WeightsReport } from "./report.ts";
import type { NamedTensor } from "./safetensors.ts";

/** How a folded bias is taken over. */
export const foldedBias =
  "the folded bias: batch normalisation is put back with the mean and variance of the convolution's output, and outputs stay as they are";

/** Channels whose kernel is all 0. @param kernel [h, w, in, out], or of a depthwise convolution [h, w, channels, 1] */
export function zeroFilters({ shape, data }: NamedTensor): number[] {
  const channels = shape[3] === 1 ? shape[2]! : shape[3]!; // channels vary fastest in both
  const used = new Set<number>();
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) used.add(i % channels);
  return Array.from({ length: channels }, (_, channel) => channel).filter((channel) => !used.has(channel));
}

/** Names of loaded and adapted are the model's; those of skipped are the file's. No calibration is done here. */
export function importReport(net: RecognisedNet, tensors: ReadonlyMap<string, NamedTensor>): WeightsReport {
  const convolutions = net.layers.slice(0, -1);
  const known = new Set(net.layers.flatMap(({ kernel, bias }) => [kernel, bias]));
  const deadFilters = convolutions.flatMap(({ name, kernel }): DeadFilters[] => {
    const tensor = tensors.get(kernel)!;
    const quantised = zeroFilters(tensor).length;
    const filters = tensor.shape[3] === 1 ? tensor.shape[2]! : tensor.shape[3]!;
    return quantised === 0 ? [] : [{ layer: name, filters, quantised, trained: null }];
  });
  return {
    loaded: [...net.layers.map(({ name }) => `${name}/kernel`), "head/bias"],
    adapted: convolutions.map(({ name }) => ({ name: `${name}/norm`, how: foldedBias })),
    skipped: [...tensors.keys()]
      .filter((name) => !known.has(name))
      .map((name) => ({ name, why: "the architecture has no such tensor" })),
    deadFilters,
  };
}
