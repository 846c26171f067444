/**
 * @file The MobileNets: depthwise and pointwise convolutions in turn (V1), and inverted residuals with linear bottlenecks (V2).
 *
 *   input   [batch, size, size, 3]   float32, already normalised
 *   output  [batch, classes]         logits; no softmax here
 *
 * Sources, and the layers in order: src/domain/configuration/mobilenetLayers.ts. Differs in two ways: no dropout before the head; and
 * the moving averages keep 0.9 at a step, where the published nets keep 0.9997, which needs more steps than a small data set
 * has. Paddings are TensorFlow's, as in the published weights.
 */
import * as tf from "@tensorflow/tfjs";
import type { MobileNetModel } from "@tessera/domain/configuration/classificationModels";
import { type MobileNetLayer, mobilenetLayers } from "@tessera/domain/configuration/mobilenetLayers";
import { BatchNormalization } from "../layers/batchNormalization.ts";
import { Convolution } from "../layers/convolution.ts";
import { DepthwiseConvolution } from "../layers/depthwise.ts";
import { GlobalAverage } from "../layers/globalAverage.ts";
import { heNormal, layerSeed, leCunNormal } from "../layers/initial.ts";
import { Relu6 } from "../layers/relu6.ts";
import { apply, channels } from "../layers/symbolic.ts";
import { checkSides } from "./sides.ts";

/** As in the published nets. */
export const mobilenetEpsilon = 1e-3;

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
  const input = tf.input({ shape: [size, size, 3], name: "image" });
  const outputs = new Map<string, tf.SymbolicTensor>();
  let x: tf.SymbolicTensor = input; //                                                [b, s, s, 3]
  for (const [index, layer] of layers.entries()) {
    x = convolution(layer, layerSeed(seed, index), x);
    if (layer.adds !== null) x = apply(tf.layers.add({ name: `${layer.name}/add` }), [outputs.get(layer.adds)!, x]);
    outputs.set(layer.name, x);
  } //                                                                                [b, s/32, s/32, last filters]
  x = apply(new GlobalAverage({ name: "average" }), x);
  const kernelInitializer = leCunNormal(channels(x), layerSeed(seed, layers.length));
  const head = tf.layers.dense({ name: "head", units: classes, kernelInitializer });
  return tf.model({ name: model.family, inputs: input, outputs: apply(head, x) });
}

function convolution(layer: MobileNetLayer, seed: number, x: tf.SymbolicTensor): tf.SymbolicTensor {
  const { name, kind, kernelSize, strides, filters, linear } = layer;
  const fanIn = kernelSize ** 2 * (kind === "depthwise" ? 1 : channels(x));
  const options = { name, kernelSize, strides, kernelInitializer: heNormal(fanIn, seed) };
  const convolved = apply(
    kind === "depthwise"
      ? new DepthwiseConvolution(options)
      : new Convolution({ ...options, filters, padding: "same" }),
    x,
  );
  const norm = new BatchNormalization({ name: `${name}/norm`, momentum: 0.9, epsilon: mobilenetEpsilon });
  const normalized = apply(norm, convolved);
  return linear ? normalized : apply(new Relu6({ name: `${name}/relu` }), normalized);
}
