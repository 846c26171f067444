/**
 * @file The MobileNets: depthwise and pointwise convolutions in turn (V1), and inverted residuals with linear bottlenecks (V2).
 *
 *   input   [batch, size, size, channels]   float32, already normalised
 *   output  [batch, classes]         logits; no softmax here
 *
 * Sources, and the layers in order: src/domain/configuration/mobilenetLayers.ts. Differs in two ways: no dropout before the head; and
 * the moving averages keep 0.9 at a step, where the published nets keep 0.9997, which needs more steps than a small data set
 * has. Paddings are TensorFlow's, as in the published weights.
 */
import * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import type { MobileNetModel } from "@tessera/domain/configuration/classificationModels";
import { mobilenetLayers } from "@tessera/domain/configuration/mobilenetLayers";
import { GlobalAverage } from "../layers/globalAverage.ts";
import { layerSeed, leCunNormal } from "../layers/initial.ts";
import { apply, channels } from "../layers/symbolic.ts";
import { mobilenetFeatures } from "./mobilenetFeatures.ts";
import { checkSides } from "./sides.ts";

/**
 * Layers are named by their place ("stem/conv", "block1/depthwise", "block1/depthwise/norm", "head"). Convolutions are drawn from a He
 * normal distribution by `seed` alone, each with a batch normalisation and no bias.
 *
 * @throws DomainError BAD_INPUT when the size or the number of classes is no positive integer
 */
export function mobilenet(model: MobileNetModel & { readonly classes: number }, seed: number): tf.LayersModel {
  checkSides(model.family, model);
  const { size, classes } = model;
  const layers = mobilenetLayers(model);
  const input = tf.input({ shape: [size, size, channelsOf(model)], name: "image" });
  const features = [...mobilenetFeatures(layers, input, seed).values()].at(-1)!; //   [b, s/32, s/32, last filters]
  const x = apply(new GlobalAverage({ name: "average" }), features);
  const kernelInitializer = leCunNormal(channels(x), layerSeed(seed, layers.length));
  const head = tf.layers.dense({ name: "head", units: classes, kernelInitializer });
  return tf.model({ name: model.family, inputs: input, outputs: apply(head, x) });
}
