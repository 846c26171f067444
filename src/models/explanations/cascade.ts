/**
 * @file Cascading randomisation: a trained network whose blocks are given the weights of an untrained one, from the head downwards.
 *
 * Source: Adebayo et al. 2018, arXiv:1810.03292, section 3.1. A block is what `firstBlocks` counts: a convolution with its
 * normalisation, or a residual block; moving averages start anew with it.
 */
import type * as tf from "@tensorflow/tfjs";
import { blockOf } from "../weights/blocks.ts";
import type { NamedWeight, NamedWeights } from "../weights/named.ts";

/** The block that a weight of this name belongs to. */
export type PartOf = (name: string) => string;

/** Of a net of images: "head", or as `blockOf`. */
export const blockOrHead: PartOf = (name) => blockOf(name) ?? "head";

/** Of a model of bags: the layer that has the weight. */
export function layerParts(model: tf.LayersModel): PartOf {
  const layers = model.layers.map(({ name }) => name).sort((a, b) => b.length - a.length);
  return (name) => layers.find((layer) => name.startsWith(`${layer}/`)) ?? name;
}

/** From the last to the first, as "head" and then the blocks before it. @param names of all weights, in the model's own order */
export function cascadeBlocks(names: Iterable<string>, partOf: PartOf = blockOrHead): string[] {
  return [...new Set([...names].map(partOf))].toReversed();
}

/** The weights of `trained`, with those of `blocks` from `untrained`. */
export function withBlocksOf(
  untrained: NamedWeights,
  blocks: readonly string[],
  trained: NamedWeights,
  partOf: PartOf = blockOrHead,
): Map<string, NamedWeight> {
  const random = new Set(blocks);
  return new Map(
    [...trained].map(([name, weight]) => [name, random.has(partOf(name)) ? untrained.get(name)! : weight]),
  );
}
