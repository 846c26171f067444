/**
 * @file MobileNetV2: inverted residual blocks with linear bottlenecks.
 *
 *   input   [batch, size, size, 3]   float32, already normalised
 *   output  [batch, classes]         logits; no softmax here
 *
 * Source: Sandler et al. 2018, arXiv:1801.04381, table 2; filters are multiples of 8 as in the published weights. Differs in
 * one way: no dropout before the head.
 */
import * as tf from "@tensorflow/tfjs";
import type { MobileNetModel } from "@tessera/domain/configuration/classificationModels";
import { apply, channels } from "../layers/symbolic.ts";
import { mobilenetParts } from "./mobilenetParts.ts";
import { checkSides } from "./sides.ts";

/** Expansion, filters, blocks, strides of the first of them. */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** The nearest multiple of 8 that is not below nine tenths of `width`. */
function multipleOf8(width: number): number {
  const nearest = Math.max(8, Math.floor((width + 4) / 8) * 8);
  return nearest < 0.9 * width ? nearest + 8 : nearest;
}

/**
 * Layers are named by their place ("stem/conv", "block0/depthwise", "block0/project", "block1/expand", "block16/project/norm", "last/conv",
 * "head"); a block is a residual one ("block2/add") where it keeps side and filters.
 *
 * @throws DomainError BAD_INPUT when the size or the number of classes is no positive integer
 */
export function mobilenetV2(model: MobileNetModel & { readonly classes: number }, seed: number): tf.LayersModel {
  checkSides("mobilenetV2", model);
  const { size, classes, alpha } = model;
  const { conv, depthwise, head } = mobilenetParts(seed);
  const input = tf.input({ shape: [size, size, 3], name: "image" });
  let x = conv(input, "stem/conv", multipleOf8(32 * alpha), { size: 3, strides: 2 }); // [b, s/2, s/2, 32 alpha]
  let index = 0;
  const block = (from: tf.SymbolicTensor, expansion: number, filters: number, strides: number): tf.SymbolicTensor => {
    const name = `block${index++}`;
    const width = expansion * channels(from);
    const wide = expansion === 1 ? from : conv(from, `${name}/expand`, width, { size: 1, strides: 1 });
    const filtered = depthwise(wide, `${name}/depthwise`, strides);
    const y = conv(filtered, `${name}/project`, filters, { size: 1, strides: 1, linear: true });
    const residual = strides === 1 && channels(from) === filters;
    return residual ? apply(tf.layers.add({ name: `${name}/add` }), [from, y]) : y;
  };
  for (const [expansion, width, count, strides] of stages) {
    for (let i = 0; i < count; i++) x = block(x, expansion, multipleOf8(width * alpha), i === 0 ? strides : 1);
  } //                                                                                [b, s/32, s/32, 320 alpha]
  x = conv(x, "last/conv", multipleOf8(1280 * Math.max(1, alpha)), { size: 1, strides: 1 });
  return tf.model({ name: "mobilenetV2", inputs: input, outputs: head(x, classes) });
}
