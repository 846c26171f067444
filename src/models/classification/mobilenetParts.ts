/** @file What both MobileNets are made of: convolutions padded as TensorFlow's, each with a batch normalisation, and the head. */
import * as tf from "@tensorflow/tfjs";
import { BatchNormalization } from "../layers/batchNormalization.ts";
import { Convolution } from "../layers/convolution.ts";
import { DepthwiseConvolution } from "../layers/depthwise.ts";
import { GlobalAverage } from "../layers/globalAverage.ts";
import { heNormal, layerSeed, leCunNormal } from "../layers/initial.ts";
import { Relu6 } from "../layers/relu6.ts";
import { apply, channels } from "../layers/symbolic.ts";

/** Epsilon as in the published nets; their momentum of 0.9997 needs more steps than a small data set has. */
const averaging = { momentum: 0.9, epsilon: 1e-3 } as const;

interface Parts {
  /** Kernel of `size` x `size`, batch normalisation, and ReLU6 unless `linear`. */
  conv(x: tf.SymbolicTensor, name: string, filters: number, shape: Shape): tf.SymbolicTensor;
  /** 3x3, one filter per channel; batch normalisation and ReLU6. */
  depthwise(x: tf.SymbolicTensor, name: string, strides: number): tf.SymbolicTensor;
  /** Global average and one logit per class. */
  head(x: tf.SymbolicTensor, classes: number): tf.SymbolicTensor;
}

interface Shape {
  readonly size: number;
  readonly strides: number;
  readonly linear?: boolean;
}

/** Every layer is drawn by `seed` and its place. */
export function mobilenetParts(seed: number): Parts {
  let layer = 0;
  const initial = (fanIn: number) => heNormal(fanIn, layerSeed(seed, layer++));
  const norm = (x: tf.SymbolicTensor, name: string) =>
    apply(new BatchNormalization({ name: `${name}/norm`, ...averaging }), x);
  const relu6 = (x: tf.SymbolicTensor, name: string) => apply(new Relu6({ name: `${name}/relu` }), x);
  return {
    conv(x, name, filters, { size, strides, linear = false }) {
      const kernelInitializer = initial(size ** 2 * channels(x));
      const options = { name, filters, kernelSize: size, strides, padding: "same", kernelInitializer } as const;
      const y = norm(apply(new Convolution(options), x), name);
      return linear ? y : relu6(y, name);
    },
    depthwise(x, name, strides) {
      const options = { name, kernelSize: 3, strides, kernelInitializer: initial(9) };
      return relu6(norm(apply(new DepthwiseConvolution(options), x), name), name);
    },
    head(x, classes) {
      const average = apply(new GlobalAverage({ name: "average" }), x);
      const kernelInitializer = leCunNormal(channels(x), layerSeed(seed, layer++));
      return apply(tf.layers.dense({ name: "head", units: classes, kernelInitializer }), average);
    },
  };
}
