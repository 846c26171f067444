/** @file What a run on class labels minimises: cross-entropy, or a loss for label noise. */
import type { Check } from "./check.ts";
import { lossFields } from "./loss.ts";
import { checkNoiseLoss, isNoiseLoss, type NoiseLoss, noiseLossNames } from "./noiseLosses.ts";

/** Of a softmax where classes are exclusive, else of a sigmoid each, over the values that are known. */
export type ClassificationLoss =
  | {
      readonly name: "crossEntropy";
      /** Share of the truth that is spread evenly over the outcomes; 0 is off. */
      readonly labelSmoothing: number;
    }
  | NoiseLoss;

export const classificationLosses = ["crossEntropy", ...noiseLossNames] as const;

export function checkClassificationLoss(check: Check): void {
  check.oneOf("loss.name", classificationLosses);
  const loss = { name: check.read("loss.name") };
  if (isNoiseLoss(loss)) checkNoiseLoss(check, loss.name);
  else if (loss.name === "crossEntropy") check.number("loss.labelSmoothing", 0, 0.5, "0.1 in Szegedy et al.; 0 is off");
}

/** For `noOtherFields`. */
export const classificationLossFields = (check: Check): string[] => lossFields(check.read("loss.name"));
