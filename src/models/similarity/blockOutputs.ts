/** @file Where the features of a network are read: at the end of each block. */
import type * as tf from "@tensorflow/tfjs";
import { placeOf } from "../weights/blocks.ts";

export interface BlockOutput {
  readonly block: string;
  /** [b, h, w, c] */
  readonly output: tf.SymbolicTensor;
}

/**
 * In the order in which an image passes them, a U-Net's decoder after its encoder. A block ends with its last activation, or
 * its last normalisation where it is linear; a pooling after it belongs to what follows.
 */
export function blockOutputs(model: tf.LayersModel): BlockOutput[] {
  const last = new Map<string, tf.SymbolicTensor>();
  for (const layer of model.layers) {
    const block = placeOf(`${layer.name}/`);
    if (block !== null && !layer.name.endsWith("/pool")) last.set(block, layer.output as tf.SymbolicTensor);
  }
  return [...last].map(([block, output]) => ({ block, output }));
}
