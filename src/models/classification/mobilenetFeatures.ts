/** @file The layers of a MobileNet but for its head: of the classifier, and of a U-Net's encoder. */
import * as tf from "@tensorflow/tfjs";
import type { MobileNetLayer } from "@tessera/domain/configuration/mobilenetLayers";
import { BatchNormalization } from "../layers/batchNormalization.ts";
import { Convolution } from "../layers/convolution.ts";
import { DepthwiseConvolution } from "../layers/depthwise.ts";
import { heNormal, layerSeed } from "../layers/initial.ts";
import { Relu6 } from "../layers/relu6.ts";
import { apply, channels } from "../layers/symbolic.ts";

/** As in the published nets. */
export const mobilenetEpsilon = 1e-3;

/**
 * Every layer's result, by its name and in order; each behind its activation, and with what is added to it.
 * @param input [b, s, s, channels] @param seed of the whole network: layer i is drawn by the i-th of its layers' seeds
 */
export function mobilenetFeatures(
  layers: readonly MobileNetLayer[],
  input: tf.SymbolicTensor,
  seed: number,
): Map<string, tf.SymbolicTensor> {
  const outputs = new Map<string, tf.SymbolicTensor>();
  let x = input; //                                                                   [b, s, s, channels]
  for (const [index, layer] of layers.entries()) {
    x = convolution(layer, layerSeed(seed, index), x);
    if (layer.adds !== null) x = apply(tf.layers.add({ name: `${layer.name}/add` }), [outputs.get(layer.adds)!, x]);
    outputs.set(layer.name, x);
  } //                                                                                [b, s/32, s/32, last filters]
  return outputs;
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
