/**
 * @file ResNet of basic blocks: ResNet-18 and -34, and smaller ones.
 *
 *   input   [batch, size, size, channels]   float32, already normalised
 *   output  [batch, classes]         logits; no softmax here
 *
 * Source: He, Zhang, Ren & Sun 2016, arXiv:1512.03385, section 3.3 and table 1, shortcuts of kind B (a 1x1 convolution where the
 * shape changes). Differs in two ways: depth and width are free, and a stage halves the side whatever its number is; and
 * the stem may be the paper's own for CIFAR-10 (section 4.2): a 3x3 convolution that keeps the side, and no pooling. Paddings are
 * the same on all sides, as in the published weights.
 */
import * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import type { Classifier, ResNetModel } from "@tessera/domain/configuration/classifier";
import { DomainError } from "@tessera/domain/errors";
import { BatchNormalization } from "../layers/batchNormalization.ts";
import { Convolution, MaxPooling } from "../layers/convolution.ts";
import { GlobalAverage } from "../layers/globalAverage.ts";
import { heNormal, layerSeed, leCunNormal } from "../layers/initial.ts";
import { apply, channels } from "../layers/symbolic.ts";

const averaging = { momentum: 0.9, epsilon: 1e-5 } as const;

/**
 * Layers are named by their place ("stem/conv", "stage1/block0/conv1", "stage2/block0/shortcut", "head"); stages count from 1.
 * Convolutions are drawn from a He normal distribution by `seed` alone, each with a batch normalisation and no bias.
 *
 * @throws DomainError BAD_INPUT when a number of `model` is not a positive integer, or there is no stage.
 */
export function resnet(model: Classifier<ResNetModel>, seed: number): tf.LayersModel {
  checkModel(model);
  const { size, classes, baseFilters, blocks, stem } = model;
  let layer = 0;

  const convolution = (x: tf.SymbolicTensor, filters: number, kernelSize: number, strides: number, name: string) => {
    const kernelInitializer = heNormal(kernelSize ** 2 * channels(x), layerSeed(seed, layer++));
    const padding = (kernelSize - 1) / 2;
    const options = { name, filters, kernelSize, strides, padding, kernelInitializer };
    const linear = apply(new Convolution(options), x);
    return apply(new BatchNormalization({ name: `${name}/norm`, ...averaging }), linear);
  };
  const relu = (x: tf.SymbolicTensor, name: string) => apply(tf.layers.reLU({ name: `${name}/relu` }), x);

  const block = (x: tf.SymbolicTensor, filters: number, strides: number, name: string) => {
    const inner = relu(convolution(x, filters, 3, strides, `${name}/conv1`), `${name}/conv1`);
    const residual = convolution(inner, filters, 3, 1, `${name}/conv2`);
    const changes = strides !== 1 || channels(x) !== filters;
    const shortcut = changes ? convolution(x, filters, 1, strides, `${name}/shortcut`) : x;
    return relu(apply(tf.layers.add({ name: `${name}/add` }), [residual, shortcut]), name);
  };

  const input = tf.input({ shape: [size, size, channelsOf(model)], name: "image" });
  const [kernelSize, strides] = stem === "7x7" ? [7, 2] : [3, 1];
  let x = relu(convolution(input, baseFilters, kernelSize, strides, "stem/conv"), "stem"); // [b, s/2, s/2, f], or [b, s, s, f]
  if (stem === "7x7") x = apply(new MaxPooling({ name: "stem/pool", kernelSize: 3, strides: 2, padding: 1 }), x); // [b, s/4, s/4, f]
  for (const [stage, count] of blocks.entries()) {
    for (let index = 0; index < count; index++) {
      const strides = stage > 0 && index === 0 ? 2 : 1;
      x = block(x, baseFilters * 2 ** stage, strides, `stage${stage + 1}/block${index}`); // [b, stem's side/2^stage, …, f*2^stage]
    }
  }
  x = apply(new GlobalAverage({ name: "average" }), x); //                           [b, f*2^(stages-1)]
  const kernelInitializer = leCunNormal(channels(x), layerSeed(seed, layer++));
  const head = tf.layers.dense({ name: "head", units: classes, kernelInitializer });
  return tf.model({ name: "resnet", inputs: input, outputs: apply(head, x) });
}

function checkModel({ size, classes, baseFilters, blocks }: Classifier<ResNetModel>): void {
  const numbers = { size, classes, baseFilters, ...Object.fromEntries(blocks.entries()) };
  const wrong = Object.entries(numbers).find(([, value]) => !Number.isInteger(value) || value < 1);
  if (wrong !== undefined || blocks.length === 0) {
    const got = wrong === undefined ? "no stage" : `${wrong[1]} for ${wrong[0]}`;
    const message = `resnet: expected positive whole numbers and at least one stage, got ${got}; ResNet-18 has blocks [2, 2, 2, 2]`;
    throw new DomainError("BAD_INPUT", message, { size, classes, baseFilters, blocks });
  }
}
