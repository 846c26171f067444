/** @file The loss that a configuration names. */

import type * as tf from "@tensorflow/tfjs";
import { tidy } from "@tensorflow/tfjs";
import { completeLoss, type LossConfiguration, type LossName } from "@tessera/domain/configuration/loss";
import { isNoiseLoss } from "@tessera/domain/configuration/noiseLosses";
import { DomainError } from "@tessera/domain/errors";
import { focalLoss } from "./focal.ts";
import { focalTverskyLoss } from "./focalTversky.ts";
import { generalizedDiceLoss } from "./generalizedDice.ts";
import { meanOfValues } from "./noiseRobust.ts";
import { noiseRobustFor } from "./noiseRobustByName.ts";
import { softDiceLoss } from "./softDice.ts";
import { softDiceCrossEntropyLoss } from "./softDiceCrossEntropy.ts";
import { tverskyLoss } from "./tversky.ts";
import { weightedCrossEntropyLoss } from "./weightedCrossEntropy.ts";

/**
 * All [batch, height, width, classes]: logits, whatever the loss works on, truth, and the weights that pixelWeightsFor makes,
 * for the losses that it makes some for.
 */
export type SegmentationLoss = (logits: tf.Tensor, truth: tf.Tensor, weights?: tf.Tensor) => tf.Scalar;

export function lossFor(configured: LossConfiguration | LossName): SegmentationLoss {
  const loss = typeof configured === "string" ? completeLoss(configured) : configured;
  if (isNoiseLoss(loss)) {
    const robust = noiseRobustFor(loss);
    return (logits, truth) => meanOfValues(robust, logits, truth);
  }
  switch (loss.name) {
    case "softDice":
      return (logits, truth) => tidy(() => softDiceLoss(logits.sigmoid(), truth, loss));
    case "softDiceCrossEntropy":
      return (logits, truth) => softDiceCrossEntropyLoss(logits, truth, loss);
    case "generalizedDice":
      return (logits, truth) => tidy(() => generalizedDiceLoss(logits.sigmoid(), truth, loss));
    case "tversky":
      return (logits, truth) => tidy(() => tverskyLoss(logits.sigmoid(), truth, loss));
    case "focalTversky":
      return (logits, truth) => tidy(() => focalTverskyLoss(logits.sigmoid(), truth, loss));
    case "focal":
      return (logits, truth) => focalLoss(logits, truth, loss);
    case "weightedCrossEntropy":
    case "boundaryCrossEntropy":
      return (logits, truth, weights) => {
        if (weights !== undefined) return weightedCrossEntropyLoss(logits, truth, weights);
        throw new DomainError("BAD_INPUT", `${loss.name}: expected a weight for every pixel, got none`);
      };
  }
}
