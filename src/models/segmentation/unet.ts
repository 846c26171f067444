/**
 * @file U-Net: an encoder and a decoder joined by skip connections.
 *
 *   input   [batch, size, size, channels]   float32, already normalised (augmentation/normalize.ts)
 *   output  [batch, size, size, classes]   logits, each class by itself; no sigmoid here
 *
 * Source: Ronneberger, Fischer & Brox 2015, arXiv:1505.04597, figure 1. Differs in five ways: "same" padding, so output size
 * equals input size; optional batch normalisation (Ioffe & Szegedy 2015) after each 3x3 convolution, which then has no bias;
 * one logit per pixel and class instead of a softmax with background; each skip can be cut, the decoder then sees the
 * upsampled features alone; no dropout. Depth 5 is one level more than the paper's 4; depth 0 is the first level's block alone,
 * without any reduction. The encoder may be a MobileNet instead (encoders.ts).
 */

import * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import type { UNetModel } from "@tessera/domain/configuration/segmentation";
import { mobilenetDepth, plainEncoder as plain } from "@tessera/domain/configuration/unetEncoder";
import { DomainError } from "@tessera/domain/errors";
import { BatchNormalization } from "../layers/batchNormalization.ts";
import { heNormal, layerSeed } from "../layers/initial.ts";
import { apply, channels } from "../layers/symbolic.ts";
import { type Block, mobilenetEncoder, plainEncoder } from "./encoders.ts";

/** Moving averages follow the last ten steps or so: tf.js' 0.99 would still hold initial values after a short training. */
const averaging = { momentum: 0.9, epsilon: 1e-5 } as const;

/** Seeds that a MobileNet's layers have for themselves, so that one seed gives the encoder that it gives the classifier. */
const encoderSeeds = 1000;

/**
 * Layers are named by their place ("encoder/level0/conv1", "decoder/level0/upsample", "head"); level 0 is the finest, and the
 * encoder holds the deepest level too. Every kernel is drawn from a He normal distribution by `seed` alone.
 *
 * @throws DomainError BAD_INPUT when `size` does not divide by 2^depth, `skips` has not one entry per level, or the encoder has another depth.
 */
export function unet(model: UNetModel, seed: number, classes = 1): tf.LayersModel {
  checkModel(model);
  const { size, depth, baseFilters, normalization, skips, encoder = plain } = model;
  const filtersAt = (level: number) => baseFilters * 2 ** level;

  let layer = encoder.kind === "plain" ? 0 : encoderSeeds; // tf.js has no global seed: every initialiser needs one of its own
  const kernelInitializer = (fanIn: number) => heNormal(fanIn, layerSeed(seed, layer++));

  const convolution = (x: tf.SymbolicTensor, filters: number, name: string) => {
    const initializer = kernelInitializer(3 * 3 * channels(x));
    const options = { name, filters, kernelSize: 3, padding: "same", kernelInitializer: initializer } as const;
    if (normalization === "none") return apply(tf.layers.conv2d({ ...options, activation: "relu" }), x);
    const linear = apply(tf.layers.conv2d({ ...options, useBias: false }), x);
    const normalized = apply(new BatchNormalization({ name: `${name}/norm`, ...averaging }), linear);
    return apply(tf.layers.reLU({ name: `${name}/relu` }), normalized);
  };
  const block: Block = (x, filters, name) =>
    convolution(convolution(x, filters, `${name}/conv1`), filters, `${name}/conv2`);

  const input = tf.input({ shape: [size, size, channelsOf(model)], name: "image" });
  const encoded =
    encoder.kind === "plain" ? plainEncoder(input, depth, filtersAt, block) : mobilenetEncoder(input, encoder, seed);
  let x = encoded.deepest; //                                            [b, s/2^depth, s/2^depth, …]
  for (let level = depth - 1; level >= 0; level--) {
    const name = `decoder/level${level}`;
    const filters = filtersAt(level);
    const upsample = { name: `${name}/upsample`, filters, kernelSize: 2, strides: 2, padding: "same" } as const;
    const initializer = kernelInitializer(channels(x)); // every output pixel sees one tap of the kernel
    x = apply(tf.layers.conv2dTranspose({ ...upsample, kernelInitializer: initializer }), x);
    if (skips[level]) x = join(encoded.skips[level]!, x, `${name}/join`); //  [b, s/2^level, s/2^level, f*2^level + the skip's]
    x = block(x, filters, name); //                                      [b, s/2^level, s/2^level, f*2^level]
  }
  const head = { name: "head", filters: classes, kernelSize: 1, kernelInitializer: kernelInitializer(channels(x)) };
  return tf.model({ name: "unet", inputs: input, outputs: apply(tf.layers.conv2d(head), x) });
}

function join(skip: tf.SymbolicTensor, x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return apply(tf.layers.concatenate({ name }), [skip, x]);
}

function checkModel({ size, depth, skips, encoder = plain }: UNetModel): void {
  const stride = 2 ** depth;
  if (size % stride !== 0) {
    const message = `unet: size ${size} does not divide by 2^depth = ${stride}; use a multiple of ${stride} or a smaller depth`;
    throw new DomainError("BAD_INPUT", message, { size, depth });
  }
  if (skips.length !== depth) {
    const message = `unet: expected ${depth} skip switches, one per level, got ${skips.length}`;
    throw new DomainError("BAD_INPUT", message, { depth, skips: skips.length });
  }
  if (encoder.kind === "plain" || depth === mobilenetDepth) return;
  const message = `unet: expected depth ${mobilenetDepth} with the encoder ${encoder.kind}, which halves the side five times, got ${depth}`;
  throw new DomainError("BAD_INPUT", message, { depth, encoder: encoder.kind });
}
