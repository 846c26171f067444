/** @file Which validation items are shown as pictures, and in which epochs. */
import { createHash } from "node:crypto";
import type { TrainingItem } from "./items.ts";

const shown = 6;
const mostEpochs = 40;

/** The same items in every epoch and every run of a split: the smallest sha256(itemId) first. */
export function sampledItems(validation: readonly Pick<TrainingItem, "itemId">[]): ReadonlySet<string> {
  const hash = (id: string) => createHash("sha256").update(id).digest("hex");
  const ordered = validation.map(({ itemId }) => itemId).sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  return new Set(ordered.slice(0, shown));
}

/** Every epoch of a short run; of a long one every k-th, at most 40 times, and always the last. @param epoch from 1 */
export function isSampledEpoch(epoch: number, epochs: number): boolean {
  const every = Math.ceil(epochs / mostEpochs);
  return epoch % every === 0 || epoch === epochs;
}
