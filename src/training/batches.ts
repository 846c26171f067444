/**
 * @file Items to batches: augmented for training, as they are for scoring.
 *
 * A batch depends on the seed and the step alone, so it may be made at any time, ahead of others or after them.
 * Making one gives way to the event loop after each item: the end of the step that runs meanwhile is seen when it comes.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Batch } from "./batch.ts";
import { drawsOf } from "./batchOrder.ts";
import type { ItemPixels, TrainingItem } from "./items.ts";
import type { Place, Task } from "./task.ts";

/** @param step from 0, over all epochs */
export async function trainingBatch(
  items: readonly TrainingItem[],
  task: Task,
  seed: number,
  step: number,
): Promise<Batch> {
  const draws = drawsOf(items.length, seed, step, task.configuration);
  const all = await Promise.all(draws.map(({ index }) => items[index]!.read()));
  const batch = emptyBatch(draws.length, task);
  for (const [place, pixels] of all.entries()) {
    const { index, pass } = draws[place]!;
    task.place(items[index]!, pixels, placeIn(batch, place), { seed, epoch: pass, index });
    await nextTurn();
  }
  return batch;
}

/** A part of a fold as it is, with the pixels that it was made of. */
export interface ScoringBatch {
  readonly items: readonly TrainingItem[];
  readonly pixels: readonly ItemPixels[];
  readonly batch: Batch;
}

export async function scoringBatch(items: readonly TrainingItem[], task: Task): Promise<ScoringBatch> {
  const pixels = await Promise.all(items.map((item) => item.read()));
  const batch = emptyBatch(items.length, task);
  for (const [place, each] of pixels.entries()) {
    task.place(items[place]!, each, placeIn(batch, place), null);
    await nextTurn();
  }
  return { items, pixels, batch };
}

/** Bytes of a batch while it is made: floats, and at most a byte beside each pixel's four, of which they are made. */
export function batchBytes(items: number, task: Task): number {
  const { size } = task.configuration.model;
  const truth = elements(task.truthShape);
  return items * (size * size * (4 * 3 + 4) + 4 * truth * (task.weighted ? 2 : 1));
}

function emptyBatch(items: number, { configuration, truthShape, weighted }: Task): Batch {
  const { size } = configuration.model;
  const truth = items * elements(truthShape);
  return {
    items,
    images: new Float32Array(items * size * size * 3),
    truth: new Float32Array(truth),
    ...(weighted && { weights: new Float32Array(truth) }),
  };
}

const elements = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

const placeIn = ({ items, images, truth, weights }: Batch, place: number): Place => {
  const ofItem = (values: Float32Array) => {
    const length = values.length / items;
    return values.subarray(place * length, (place + 1) * length);
  };
  return { image: ofItem(images), truth: ofItem(truth), ...(weights && { weights: ofItem(weights) }) };
};
