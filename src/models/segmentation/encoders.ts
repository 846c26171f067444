/** @file The encoders of a U-Net: its own, and a MobileNet. */
import * as tf from "@tensorflow/tfjs";
import { mobilenetLayers, mobilenetLevels } from "@tessera/domain/configuration/mobilenetLayers";
import type { UNetEncoder } from "@tessera/domain/configuration/unetEncoder";
import { mobilenetFeatures } from "../classification/mobilenetFeatures.ts";
import { apply } from "../layers/symbolic.ts";

export interface Encoded {
  /** What each skip carries, finest first: [b, s/2^level, s/2^level, …]. */
  readonly skips: readonly tf.SymbolicTensor[];
  /** [b, s/2^depth, s/2^depth, …] */
  readonly deepest: tf.SymbolicTensor;
}

/** Two convolutions and a ReLU each: what every level of a U-Net is made of. */
export type Block = (x: tf.SymbolicTensor, filters: number, name: string) => tf.SymbolicTensor;

export function plainEncoder(
  input: tf.SymbolicTensor,
  depth: number,
  filtersAt: (level: number) => number,
  block: Block,
): Encoded {
  const skips: tf.SymbolicTensor[] = [];
  let x = input; //                                                      [b, s, s, channels]
  for (let level = 0; level < depth; level++) {
    x = block(x, filtersAt(level), `encoder/level${level}`); //          [b, s/2^level, s/2^level, f*2^level]
    skips.push(x);
    x = apply(tf.layers.maxPooling2d({ name: `encoder/level${level}/pool`, poolSize: 2 }), x);
  }
  return { skips, deepest: block(x, filtersAt(depth), `encoder/level${depth}`) }; // [b, s/2^depth, s/2^depth, f*2^depth]
}

/**
 * A MobileNet without its head, weights named as the classifier's ("stem/conv/kernel", "block1/depthwise/kernel"). It halves the
 * side before it has features: the finest skip carries the image itself.
 */
export function mobilenetEncoder(
  input: tf.SymbolicTensor,
  encoder: Exclude<UNetEncoder, { kind: "plain" }>,
  seed: number,
): Encoded {
  const layers = mobilenetLayers({ family: encoder.kind, alpha: encoder.alpha });
  const features = mobilenetFeatures(layers, input, seed);
  const levels = mobilenetLevels(layers).map(({ name }) => features.get(name)!); // strides 2, 4, 8, 16, 32
  return { skips: [input, ...levels.slice(0, -1)], deepest: levels.at(-1)! };
}
