/** Bright discs on a dim, coloured ground: a task that a tiny U-Net learns in a few epochs. */
import type { Fold } from "@tessera/domain/words";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { type ItemPixels, itemInMemory, type TrainingItem } from "@tessera/training/items";

/** An item that is at hand, for what a test expects of it. */
export type HeldItem = TrainingItem & ItemPixels;

export function discItem(index: number, size: number): HeldItem {
  const random = keyedRandom({ seed: 7, epoch: 0, index });
  const image = new Uint8Array(size * size * 3);
  const mask = new Uint8Array(size * size);
  const [x0, y0] = [size * (0.3 + 0.4 * random()), size * (0.3 + 0.4 * random())];
  const radius = size * (0.12 + 0.15 * random());
  for (let i = 0; i < mask.length; i++) {
    const inside = Math.hypot((i % size) - x0, Math.floor(i / size) - y0) <= radius;
    mask[i] = inside ? 1 : 0;
    for (let channel = 0; channel < 3; channel++) image[i * 3 + channel] = (inside ? 150 : 60) + 60 * random();
  }
  const id = index.toString(16).padStart(12, "0");
  return { ...itemInMemory(`00000000-0000-4000-8000-${id}`, { image, mask }), image, mask };
}

export function discItems(counts: Record<Fold, number>, size: number): Record<Fold, HeldItem[]> {
  let next = 0;
  const fold = (count: number) => Array.from({ length: count }, () => discItem(next++, size));
  return { train: fold(counts.train), validation: fold(counts.validation), test: fold(counts.test) };
}
