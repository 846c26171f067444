/**
 * @file Which items are in which step: a shuffle per epoch, keyed by seed and epoch, cut into full batches.
 *
 * Every batch is full: where the items do not divide by the batch size, the last batch of an epoch is filled from the
 * start of the same epoch's order, so that a few items count twice in that epoch. (Dropping the rest would leave items
 * out, and nothing at all of a set smaller than one batch; a smaller last batch would be recorded as a second graph.)
 */
import { shuffledIndices } from "@tessera/models/augmentation/random";

/** Apart from every item's own index, so that the shuffle and the augmentation draw from different streams. */
const shuffleIndex = 0xffffffff;

export const stepsPerEpoch = (items: number, batchSize: number): number => Math.ceil(items / batchSize);

/** A permutation of 0..items-1. @param epoch from 0 */
export const epochOrder = (items: number, seed: number, epoch: number): Uint32Array =>
  shuffledIndices(items, { seed, epoch, index: shuffleIndex });

/** The items of one step of an epoch, always `batchSize` of them. @param stepInEpoch from 0 */
export function batchOf(order: Uint32Array, stepInEpoch: number, batchSize: number): number[] {
  return Array.from({ length: batchSize }, (_, i) => order[(stepInEpoch * batchSize + i) % order.length]!);
}
