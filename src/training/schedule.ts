/** @file The learning rate of every update. It goes into the compiled step as a variable, so no schedule records it again. */
import type { LearningRateSchedule, OptimizerConfiguration } from "@tessera/domain/configuration/optimizer";

/**
 * First, over `warmupEpochs`, a line up to the base rate, which its last step has (Goyal et al. 2017, arXiv:1706.02677,
 * section 2.2; here from base/steps, since a first step at 0 would do nothing). Then, over the steps that are left:
 *
 *   constant     the base rate
 *   cosine       half a cosine wave down to (almost) 0 in the last step (Loshchilov & Hutter 2017, arXiv:1608.03983, no restarts)
 *   polynomial   (1 - t)^power; nnU-Net's with 0.9 (Isensee et al. 2021, doi:10.1038/s41592-020-01008-z), per step, not per epoch
 *   step         multiplied by stepFactor after every stepEpochs, counted from the start of the run
 *
 * @param step from 0 to totalSteps - 1
 */
export function learningRateAt(
  optimizer: OptimizerConfiguration,
  step: number,
  totalSteps: number,
  stepsPerEpoch: number,
): number {
  const warmup = Math.round(optimizer.warmupEpochs * stepsPerEpoch);
  if (step < warmup) return (optimizer.learningRate * (step + 1)) / warmup;
  const share = shareAt(optimizer, { done: step - warmup, of: totalSteps - warmup, epochs: step / stepsPerEpoch });
  return optimizer.learningRate * share;
}

interface Position {
  /** Steps since the warm-up. */
  readonly done: number;
  readonly of: number;
  /** Since the start of the run. */
  readonly epochs: number;
}

function shareAt(schedule: LearningRateSchedule, { done, of, epochs }: Position): number {
  switch (schedule.schedule) {
    case "constant":
      return 1;
    case "cosine":
      return 0.5 * (1 + Math.cos((Math.PI * done) / of));
    case "polynomial":
      return (1 - done / of) ** schedule.power;
    case "step":
      return schedule.stepFactor ** Math.floor(epochs / schedule.stepEpochs);
  }
}
