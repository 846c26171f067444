/**
 * @file CBR: small nets of convolution, batch normalisation, ReLU and max pooling, made for medical images.
 *
 *   input   [batch, size, size, channels]   float32, already normalised
 *   output  [batch, classes]         logits; no softmax here
 *
 * Source: Raghu, Zhang, Kleinberg & Bengio 2019, arXiv:1902.07208, appendix "Model architectures": every block's convolution has
 * stride 1, its pooling a window of 3x3 and stride 2; then the global average and the head. The filters are those of `cbrNets`.
 * What the paper leaves open is taken so: convolutions and poolings are padded to keep the side, and halve it rounded up.
 */
import * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import { type CbrModel, cbrNets } from "@tessera/domain/configuration/classificationModels";
import { BatchNormalization } from "../layers/batchNormalization.ts";
import { Convolution, MaxPooling } from "../layers/convolution.ts";
import { GlobalAverage } from "../layers/globalAverage.ts";
import { heNormal, layerSeed, leCunNormal } from "../layers/initial.ts";
import { apply, channels } from "../layers/symbolic.ts";
import { checkSides } from "./sides.ts";

const averaging = { momentum: 0.9, epsilon: 1e-5 } as const;

/**
 * Layers are named by their place ("block0/conv", "block0/conv/norm", "head"). Convolutions are drawn from a He normal distribution
 * by `seed` alone.
 *
 * @throws DomainError BAD_INPUT when the size or the number of classes is no positive integer
 */
export function cbr(model: CbrModel & { readonly classes: number }, seed: number): tf.LayersModel {
  checkSides("cbr", model);
  const { kernelSize, filters } = cbrNets[model.net];
  const input = tf.input({ shape: [model.size, model.size, channelsOf(model)], name: "image" });
  let x: tf.SymbolicTensor = input;
  for (const [index, width] of filters.entries()) {
    const name = `block${index}`;
    const kernelInitializer = heNormal(kernelSize ** 2 * channels(x), layerSeed(seed, index));
    const padding = (kernelSize - 1) / 2;
    const options = { name: `${name}/conv`, filters: width, kernelSize, strides: 1, padding, kernelInitializer };
    x = apply(new Convolution(options), x); //                                        [b, s/2^index, …, width]
    x = apply(new BatchNormalization({ name: `${name}/conv/norm`, ...averaging }), x);
    x = apply(tf.layers.reLU({ name: `${name}/relu` }), x);
    x = apply(new MaxPooling({ name: `${name}/pool`, kernelSize: 3, strides: 2, padding: 1 }), x);
  }
  x = apply(new GlobalAverage({ name: "average" }), x); //                            [b, last width]
  const kernelInitializer = leCunNormal(channels(x), layerSeed(seed, filters.length));
  const head = tf.layers.dense({ name: "head", units: model.classes, kernelInitializer });
  return tf.model({ name: "cbr", inputs: input, outputs: apply(head, x) });
}
