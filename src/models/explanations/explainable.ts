/**
 * @file What explanations ask of a classifier: three functions of tensors alone, so that a caller can compile them.
 *
 * "Chosen" is [b, classes]: the weight of every logit in the number that is explained, 1 for the class in question and else 0.
 */
import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";
import { drawnTo, gradCamCells } from "./gradCam.ts";

export interface Explainable {
  /** Side of the square images, pixels. */
  readonly size: number;
  readonly classes: number;
  /** [b, size, size, 3] -> [b]: the chosen logit of every image. */
  logit(images: tf.Tensor4D, chosen: tf.Tensor2D): tf.Tensor1D;
  /** [b, size, size, 3] -> the same: its derivative by every value of its image. */
  gradient(images: tf.Tensor4D, chosen: tf.Tensor2D): tf.Tensor4D;
  /** [b, size, size, 3] -> [b, size, size]: Grad-CAM, see gradCam.ts */
  gradCam(images: tf.Tensor4D, chosen: tf.Tensor2D): tf.Tensor3D;
}

/**
 * Batch normalisation goes by its moving averages. The functions read the model's variables when they are called: weights that are set
 * later count.
 *
 * @param model of src/models/classification: its last layers are "average" (over the last block's activations) and "head"
 * @throws DomainError BAD_INPUT for another model, as a U-Net: what it answers is a map already, one logit per pixel
 */
export function explainable(model: tf.LayersModel): Explainable {
  const names = model.layers.map(({ name }) => name);
  if (!names.includes("average") || !names.includes("head")) {
    throw new DomainError(
      "BAD_INPUT",
      `Heatmaps: expected a classifier that ends in "average" and "head", got ${model.name}, which ends in ${names.slice(-2).join(", ")}; ` +
        "a segmentation model needs none: its own output says where",
      { model: model.name },
    );
  }
  const features = model.getLayer("average").input as tf.SymbolicTensor;
  const body = tf.model({ inputs: model.inputs, outputs: features });
  const head = (activations: tf.Tensor) =>
    model.getLayer("head").apply(model.getLayer("average").apply(activations)) as tf.Tensor2D;
  const logits = (images: tf.Tensor) => model.apply(images, { training: false }) as tf.Tensor2D;
  const size = model.inputs[0]!.shape[1]!;
  return {
    size,
    classes: model.outputs[0]!.shape[1]!,
    logit: (images, chosen) => tf.tidy(() => logits(images).mul(chosen).sum<tf.Tensor1D>(1)),
    gradient: (images, chosen) =>
      tf.tidy(() => tf.grad((x: tf.Tensor) => logits(x).mul(chosen).sum())(images) as tf.Tensor4D),
    gradCam: (images, chosen) =>
      tf.tidy(() => {
        const activations = body.apply(images, { training: false }) as tf.Tensor4D; // [b, h, w, filters]
        const slopes = tf.grad((x: tf.Tensor) => head(x).mul(chosen).sum())(activations) as tf.Tensor4D;
        return drawnTo(size, gradCamCells(activations, slopes));
      }),
  };
}
