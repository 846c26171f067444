/** @file The product's model and training step of a case. */
import type * as tf from "@tensorflow/tfjs";
import { ones } from "@tensorflow/tfjs";
import { Adam } from "@tessera/engine/optimizers/adam";
import { UpdateRule } from "@tessera/engine/optimizers/updateRule";
import { resnet } from "@tessera/models/classification/resnet";
import { lossFor } from "@tessera/models/losses/byName";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import { attentionMil } from "@tessera/models/mil/attention";
import { unet } from "@tessera/models/segmentation/unet";
import { trainableVariables } from "@tessera/models/weights/named";
import type { Case } from "./cases.ts";

const seed = 1;
const learningRate = 1e-3;

export interface OpenModel {
  readonly model: tf.LayersModel;
  /** One update. @returns the loss before it */
  readonly minimize: (input: tf.Tensor, truth: tf.Tensor) => tf.Scalar;
}

export function openModel(each: Case): OpenModel {
  const { model, loss } = modelAndLoss(each);
  const rule = new UpdateRule({ optimizer: new Adam({ learningRate }), variables: trainableVariables(model) });
  return { model, minimize: (input, truth) => rule.minimize(() => loss(input, truth)) };
}

function modelAndLoss({ model: options }: Case) {
  if (options.family === "attentionMil") {
    const model = attentionMil(options, seed);
    const loss = (bags: tf.Tensor, classes: tf.Tensor) => {
      const mask = ones(bags.shape.slice(0, 2)); // no bag is padded
      const [logits] = model.apply([bags, mask], { training: true }) as tf.Tensor[];
      return softmaxCrossEntropyLoss(logits!, classes);
    };
    return { model, loss };
  }
  const model = options.family === "unet" ? unet(options, seed) : resnet(options, seed);
  const lossOf =
    options.family === "resnet"
      ? softmaxCrossEntropyLoss
      : lossFor(options.normalization === "batch" ? "softDiceCrossEntropy" : "softDice");
  const loss = (images: tf.Tensor, truth: tf.Tensor) =>
    lossOf(model.apply(images, { training: true }) as tf.Tensor, truth);
  return { model, loss };
}
