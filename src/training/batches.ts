/**
 * @file Items to batches: augmented for training, as they are for scoring.
 *
 * A batch depends on the seed and the step alone, so it may be made at any time, ahead of others or after them.
 * Making one gives way to the event loop after each item: the end of the step that runs meanwhile is seen when it comes.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { coTeachingOf, itemsKept } from "@tessera/domain/configuration/method";
import { epochSteps } from "@tessera/domain/configuration/training";
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
  const all = await Promise.all(
    draws.map(async ({ index, pass }) => {
      const pixels = await items[index]!.read();
      return task.drawn?.(pixels, { seed, epoch: pass, index }) ?? pixels;
    }),
  );
  const batch = emptyBatch(draws.length, task, task.inputShapes(all));
  for (const [place, pixels] of all.entries()) {
    const { index, pass } = draws[place]!;
    task.place(items[index]!, pixels, placeIn(batch, place), { seed, epoch: pass, index });
    await nextTurn();
  }
  const method = coTeachingOf(task.configuration);
  if (method === null) return batch;
  const epochsDone = Math.floor(step / epochSteps(items.length, task.configuration));
  return { ...batch, kept: itemsKept(method, epochsDone, task.configuration.batchSize) };
}

/** A part of a fold as it is, with the pixels that it was made of. */
export interface ScoringBatch {
  readonly items: readonly TrainingItem[];
  readonly pixels: readonly ItemPixels[];
  readonly batch: Batch;
}

export async function scoringBatch(items: readonly TrainingItem[], task: Task): Promise<ScoringBatch> {
  const pixels = await Promise.all(items.map((item) => item.read()));
  const batch = emptyBatch(items.length, task, task.inputShapes(pixels));
  for (const [place, each] of pixels.entries()) {
    task.place(items[place]!, each, placeIn(batch, place), null);
    await nextTurn();
  }
  return { items, pixels, batch };
}

/** Bytes of a batch while it is made, of the largest items: floats, and what they are made of. */
export function batchBytes(items: number, task: Task): number {
  const inputs = task.largestShapes().reduce((sum, shape) => sum + elements(shape), 0);
  const truth = elements(task.truthShape);
  return items * (4 * inputs + task.sourceBytes + 4 * truth * (task.weighted ? 2 : 1));
}

function emptyBatch(items: number, { truthShape, weighted }: Task, shapes: readonly (readonly number[])[]): Batch {
  const truth = items * elements(truthShape);
  return {
    items,
    inputs: shapes.map((shape) => ({ shape, values: new Float32Array(items * elements(shape)) })),
    truth: new Float32Array(truth),
    ...(weighted && { weights: new Float32Array(truth) }),
  };
}

const elements = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

const placeIn = ({ items, inputs, truth, weights }: Batch, place: number): Place => {
  const ofItem = (values: Float32Array) => {
    const length = values.length / items;
    return values.subarray(place * length, (place + 1) * length);
  };
  return {
    inputs: inputs.map(({ values }) => ofItem(values)),
    truth: ofItem(truth),
    ...(weights && { weights: ofItem(weights) }),
  };
};
