/** @file The loss that a configuration names. */

import type * as tf from "@tensorflow/tfjs";
import { tidy } from "@tensorflow/tfjs";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { softDiceLoss } from "./softDice.ts";
import { softDiceCrossEntropyLoss } from "./softDiceCrossEntropy.ts";

/** Both [batch, height, width, classes]; the first are logits, whatever the loss works on. */
export type SegmentationLoss = (logits: tf.Tensor, truth: tf.Tensor) => tf.Scalar;

const losses: Record<SegmentationConfiguration["loss"], SegmentationLoss> = {
  softDice: (logits, truth) => tidy(() => softDiceLoss(logits.sigmoid(), truth)),
  softDiceCrossEntropy: softDiceCrossEntropyLoss,
};

export const lossFor = (name: SegmentationConfiguration["loss"]): SegmentationLoss => losses[name];
