/**
 * @file Which items are in which step, keyed by seed and step alone. Every batch is full: a smaller one would be recorded as a second graph.
 *
 * An epoch of one pass (stepsPerEpoch null) is a shuffle of the items. Where they do not divide by the batch size, its last batch is
 * filled from the start of the same order, so that a few items count twice in that epoch. (Dropping the rest would leave items out, and
 * nothing at all of a set smaller than one batch.)
 *
 * Epochs of a fixed length cut an endless row of passes, each in a new order: a batch may hold the end of one and the start of the
 * next, no item is ever more than one pass ahead of another, and a small set is passed several times in one epoch.
 */
import { epochSteps } from "@tessera/domain/configuration/training";
import { shuffledIndices } from "@tessera/models/augmentation/random";

/** Apart from every item's own index, so that the shuffle and the augmentation draw from different streams. */
const shuffleIndex = 0xffffffff;

export interface EpochLength {
  readonly batchSize: number;
  /** null: one pass over the items. */
  readonly stepsPerEpoch: number | null;
}

/** A permutation of 0..items-1. @param pass from 0; an epoch, where it is one pass */
export const passOrder = (items: number, seed: number, pass: number): Uint32Array =>
  shuffledIndices(items, { seed, epoch: pass, index: shuffleIndex });

/** An item's place in the fold, and in which pass it is drawn. */
export interface Draw {
  readonly index: number;
  readonly pass: number;
}

/** The items of one step, always `batchSize` of them. @param step from 0, over all epochs */
export function drawsOf(items: number, seed: number, step: number, length: EpochLength): Draw[] {
  const { batchSize, stepsPerEpoch } = length;
  if (stepsPerEpoch === null) {
    const steps = epochSteps(items, length);
    const pass = Math.floor(step / steps);
    return batchOf(passOrder(items, seed, pass), step % steps, batchSize).map((index) => ({ index, pass }));
  }
  const orders = new Map<number, Uint32Array>();
  return Array.from({ length: batchSize }, (_, place) => {
    const drawn = step * batchSize + place;
    const pass = Math.floor(drawn / items);
    const order = orders.get(pass) ?? passOrder(items, seed, pass);
    orders.set(pass, order);
    return { index: order[drawn % items]!, pass };
  });
}

/** The items of one step of a pass. @param stepInPass from 0 */
export function batchOf(order: Uint32Array, stepInPass: number, batchSize: number): number[] {
  return Array.from({ length: batchSize }, (_, i) => order[(stepInPass * batchSize + i) % order.length]!);
}
