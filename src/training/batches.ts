/**
 * @file Items to batches: augmented for training, as they are for scoring.
 *
 * A batch depends on the seed and the step alone, so it may be made at any time, ahead of others or after them.
 * Making one gives way to the event loop after each item: the end of the step that runs meanwhile is seen when it comes.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { LossConfiguration } from "@tessera/domain/configuration/loss";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { augment } from "@tessera/models/augmentation/augment";
import { lookUp, normalizedValues, splitClasses } from "@tessera/models/augmentation/normalize";
import { type PixelWeights, pixelWeightsFor } from "@tessera/models/losses/pixelWeights";
import { batchOf, epochOrder, stepsPerEpoch } from "./batchOrder.ts";
import type { ItemPixels, TrainingItem } from "./items.ts";
import type { Batch } from "./network.ts";

/**
 * @param step from 0, over all epochs
 * @param classes of the label schema
 */
export async function trainingBatch(
  items: readonly TrainingItem[],
  configuration: SegmentationConfiguration,
  seed: number,
  step: number,
  classes = 1,
): Promise<Batch> {
  const { batchSize, augmentation, loss } = configuration;
  const { size } = configuration.model;
  const steps = stepsPerEpoch(items.length, batchSize);
  const epoch = Math.floor(step / steps);
  const indices = batchOf(epochOrder(items.length, seed, epoch), step % steps, batchSize);
  const all = await Promise.all(indices.map((index) => items[index]!.read()));
  const pixelWeights = pixelWeightsFor(loss);
  const batch = emptyBatch(batchSize, { size, classes }, pixelWeights !== null);
  for (const [place, { image, mask }] of all.entries()) {
    const into = placeIn(batch, place);
    augment(image, mask, size, augmentation, { seed, epoch, index: indices[place]! }, into);
    weigh(into, size, pixelWeights);
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

/**
 * @param loss the weights that it takes are made; absent: none
 * @param classes of the label schema
 */
export async function scoringBatch(
  items: readonly TrainingItem[],
  size: number,
  loss?: LossConfiguration,
  classes = 1,
): Promise<ScoringBatch> {
  const pixels = await Promise.all(items.map((item) => item.read()));
  const pixelWeights = loss ? pixelWeightsFor(loss) : null;
  const batch = emptyBatch(items.length, { size, classes }, pixelWeights !== null);
  for (const [place, { image, mask }] of pixels.entries()) {
    const into = placeIn(batch, place);
    lookUp(image, normalizedValues, into.image);
    splitClasses(size * size, (values, to) => lookUp(mask, values, to), into.mask);
    weigh(into, size, pixelWeights);
    await nextTurn();
  }
  return { items, pixels, batch };
}

/** Bytes of a batch while it is made: floats, and the bytes that they are made of; weights are floats made of the masks. */
export const batchBytes = (items: number, size: number, loss: LossConfiguration, classes = 1): number =>
  items * size * size * (4 * (3 + classes) + 4 + (pixelWeightsFor(loss) === null ? 0 : 4 * classes));

interface MaskShape {
  readonly size: number;
  readonly classes: number;
}

const emptyBatch = (items: number, { size, classes }: MaskShape, weighted: boolean): Batch => ({
  items,
  images: new Float32Array(items * size * size * 3),
  masks: new Float32Array(items * size * size * classes),
  ...(weighted && { weights: new Float32Array(items * size * size * classes) }),
});

interface Place {
  readonly image: Float32Array;
  readonly mask: Float32Array;
  readonly weights?: Float32Array;
}

const placeIn = ({ items, images, masks, weights }: Batch, place: number): Place => {
  const ofItem = (values: Float32Array) => {
    const length = values.length / items;
    return values.subarray(place * length, (place + 1) * length);
  };
  return { image: ofItem(images), mask: ofItem(masks), ...(weights && { weights: ofItem(weights) }) };
};

/** The weights of each class's mask as it is now: moved by augmentation, where that moved it. */
function weigh({ mask, weights }: Place, size: number, pixelWeights: PixelWeights | null): void {
  if (weights === undefined || pixelWeights === null) return;
  const classes = mask.length / (size * size);
  if (classes === 1) {
    pixelWeights(mask, size, size, weights);
    return;
  }
  const [one, itsWeights] = [new Float32Array(size * size), new Float32Array(size * size)];
  for (let each = 0; each < classes; each++) {
    for (let at = 0; at < one.length; at++) one[at] = mask[at * classes + each]!;
    pixelWeights(one, size, size, itsWeights);
    for (let at = 0; at < one.length; at++) weights[at * classes + each] = itsWeights[at]!;
  }
}
