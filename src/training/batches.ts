/** @file Items to batches: augmented for training, as they are for scoring. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { augment } from "@tessera/models/augmentation/augment";
import { normalizeImage, normalizeMask } from "@tessera/models/augmentation/normalize";
import { batchOf, epochOrder, stepsPerEpoch } from "./batchOrder.ts";
import type { TrainingItem } from "./items.ts";
import type { Batch } from "./network.ts";

/**
 * The batch of one step. It depends on the seed and the step alone, so it may be made at any time and in any process.
 * Gives way to the event loop after each item: the end of the step that runs meanwhile is seen when it comes.
 * @param step from 0, over all epochs
 */
export async function trainingBatch(
  items: readonly TrainingItem[],
  configuration: SegmentationConfiguration,
  seed: number,
  step: number,
): Promise<Batch> {
  const { batchSize, augmentation } = configuration;
  const { size } = configuration.model;
  const steps = stepsPerEpoch(items.length, batchSize);
  const epoch = Math.floor(step / steps);
  const indices = batchOf(epochOrder(items.length, seed, epoch), step % steps, batchSize);
  const batch = emptyBatch(batchSize, size);
  for (const [place, index] of indices.entries()) {
    const { image, mask } = items[index]!;
    const varied = augment(image, mask, size, augmentation, { seed, epoch, index });
    batch.images.set(varied.image, place * size * size * 3);
    batch.masks.set(varied.mask, place * size * size);
    await nextTurn();
  }
  return batch;
}

export function scoringBatch(items: readonly TrainingItem[], size: number): Batch {
  const batch = emptyBatch(items.length, size);
  for (const [place, { image, mask }] of items.entries()) {
    batch.images.set(normalizeImage(image), place * size * size * 3);
    batch.masks.set(normalizeMask(mask), place * size * size);
  }
  return batch;
}

const emptyBatch = (items: number, size: number): Batch => ({
  items,
  images: new Float32Array(items * size * size * 3),
  masks: new Float32Array(items * size * size),
});
