/** @file One training of one seed, whoever does it: when it was where, by the bench's own clock, and what came out. */
import { diceOfCounts, type PixelCounts } from "@tessera/analysis/dice";
import { mean, median } from "@tessera/analysis/summary";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import type { FoldedItems } from "./items.ts";

export interface RunOptions {
  readonly configuration: SegmentationConfiguration;
  readonly seed: number;
  readonly items: FoldedItems;
  /** A folder for what the run writes. */
  readonly work: string;
}

/** performance.now() at each; the start is the process's. */
export class Marks {
  readonly start = performance.now();
  /** The process runs and has loaded its program: it begins with the data. */
  ready = 0;
  /** The first step is next. */
  training = 0;
  /** End of each epoch, its validation and checkpoint included. */
  readonly epochs: number[] = [];
  /** The last test item is scored. */
  end = 0;
}

export interface Run {
  readonly seed: number;
  /** Process start, seconds; in no other figure. */
  readonly startSeconds: number;
  /** Decode and resize, model, before the first step. */
  readonly prepareSeconds: number;
  /** All of it but the process's start: data, training, validation, checkpoints, test. */
  readonly seconds: number;
  /** The middle one of the epochs. */
  readonly epochSeconds: number;
  /** Mean training loss of each epoch. */
  readonly losses: readonly number[];
  /** Before the first step. */
  readonly firstLoss: number;
  /** Of the time of the steps, how much the step waits for its batch; null where it is not told. */
  readonly waitShare: number | null;
  /** Test Dice by item; null where undefined. */
  readonly scores: ReadonlyMap<string, number | null>;
  /** Pixels of the region in the test items' masks, as this side resized them. */
  readonly regionPixels: ReadonlyMap<string, number>;
}

/** @param stepLosses of all steps in order */
export function runOf(
  seed: number,
  marks: Marks,
  stepLosses: readonly number[],
  counts: Map<string, PixelCounts>,
  waitShare: number | null = null,
): Run {
  const { start, ready, training, epochs, end } = marks;
  const steps = stepLosses.length / epochs.length;
  return {
    seed,
    startSeconds: (ready - start) / 1000,
    prepareSeconds: (training - ready) / 1000,
    seconds: (end - ready) / 1000,
    epochSeconds: median(epochs.map((at, epoch) => (at - (epochs[epoch - 1] ?? training)) / 1000))!,
    losses: epochs.map((_, epoch) => mean(stepLosses.slice(epoch * steps, (epoch + 1) * steps))),
    firstLoss: stepLosses[0]!,
    waitShare,
    scores: new Map([...counts].map(([item, each]) => [item, diceOfCounts(each)])),
    regionPixels: new Map([...counts].map(([item, each]) => [item, each.truePositives + each.falseNegatives])),
  };
}
