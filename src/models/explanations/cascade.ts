/**
 * @file Cascading randomisation: a trained network whose blocks are given the weights of an untrained one, from the head downwards.
 *
 * Source: Adebayo et al. 2018, arXiv:1810.03292, section 3.1. A block is what `firstBlocks` counts: a convolution with its
 * normalisation, or a residual block; moving averages start anew with it.
 */
import { blockOf } from "../weights/blocks.ts";
import type { NamedWeight, NamedWeights } from "../weights/named.ts";

/** "head", then the blocks from the last to the first. @param names of all weights, in the model's own order */
export function cascadeBlocks(names: Iterable<string>): string[] {
  return [...new Set([...names].map(partOf))].toReversed();
}

/** The weights of `trained`, with those of `blocks` from `untrained`. */
export function withBlocksOf(
  untrained: NamedWeights,
  blocks: readonly string[],
  trained: NamedWeights,
): Map<string, NamedWeight> {
  const random = new Set(blocks);
  return new Map(
    [...trained].map(([name, weight]) => [name, random.has(partOf(name)) ? untrained.get(name)! : weight]),
  );
}

const partOf = (name: string): string => blockOf(name) ?? "head";
