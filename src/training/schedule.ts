/** @file The learning rate of every step. */
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";

/**
 * constant: the base rate. cosine: from the base rate in the first step to (almost) 0 in the last, half a cosine wave
 * (Loshchilov & Hutter 2017, arXiv:1608.03983, without restarts). No warm-up: Adam's bias correction bounds the first
 * updates by the learning rate already.
 * @param step from 0 to totalSteps - 1
 */
export function learningRateAt(
  optimizer: SegmentationConfiguration["optimizer"],
  step: number,
  totalSteps: number,
): number {
  if (optimizer.schedule === "constant") return optimizer.learningRate;
  return 0.5 * optimizer.learningRate * (1 + Math.cos((Math.PI * step) / totalSteps));
}
