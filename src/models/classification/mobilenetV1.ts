/**
 * @file MobileNet (V1): depthwise and pointwise convolutions in turn.
 *
 *   input   [batch, size, size, 3]   float32, already normalised
 *   output  [batch, classes]         logits; no softmax here
 *
 * Source: Howard et al. 2017, arXiv:1704.04861, table 1, with ReLU6 and at least 8 filters a layer as in the published weights.
 * Differs in one way: no dropout before the head.
 */
import * as tf from "@tensorflow/tfjs";
import type { MobileNetModel } from "@tessera/domain/configuration/classificationModels";
import { mobilenetParts } from "./mobilenetParts.ts";
import { checkSides } from "./sides.ts";

/** Filters of the pointwise convolution, and strides of the depthwise one before it. */
const blocks = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  ...Array<[number, number]>(5).fill([512, 1]),
  [1024, 2],
  [1024, 1],
] as const;

/**
 * Layers are named by their place ("stem/conv", "block1/depthwise", "block1/pointwise", "block13/pointwise/norm", "head").
 *
 * @throws DomainError BAD_INPUT when the size or the number of classes is no positive integer
 */
export function mobilenetV1(model: MobileNetModel & { readonly classes: number }, seed: number): tf.LayersModel {
  checkSides("mobilenetV1", model);
  const { size, classes, alpha } = model;
  const filters = (width: number) => Math.max(8, Math.floor(width * alpha));
  const { conv, depthwise, head } = mobilenetParts(seed);
  const input = tf.input({ shape: [size, size, 3], name: "image" });
  let x = conv(input, "stem/conv", filters(32), { size: 3, strides: 2 }); //          [b, s/2, s/2, 32 alpha]
  for (const [index, [width, strides]] of blocks.entries()) {
    const name = `block${index + 1}`;
    x = depthwise(x, `${name}/depthwise`, strides);
    x = conv(x, `${name}/pointwise`, filters(width), { size: 1, strides: 1 });
  } //                                                                                [b, s/32, s/32, 1024 alpha]
  return tf.model({ name: "mobilenetV1", inputs: input, outputs: head(x, classes) });
}
