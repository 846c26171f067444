/** @file Noise on the mask of one item. Each item has its own stream of the seed and its key, so that no item's noise depends on another's. */
import { joinClasses, ofClass } from "../classMask.ts";
import { type RandomStream, randomStream } from "../random.ts";
import { moveBoundary } from "./boundary.ts";
import type { MaskNoise } from "./models.ts";
import { simplifyOutline } from "./polygon.ts";
import { addBlobs, dropRegions } from "./regions.ts";

export interface MaskOfItem {
  /** [height*width] class index + 1, or 0: of one class 0 and 1. */
  readonly indices: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly classes: number;
}

/** Whether this item is among the share `rate` of items that are corrupted. */
export const isChosen = (seed: number, key: string, rate: number): boolean =>
  randomStream(seed, "noise: which items", key).uniform() < rate;

/**
 * Class by class, later classes over earlier ones, as they are kept in one index map.
 * @returns [height*width] as `indices`; of an item that is not chosen its own
 */
export function addMaskNoise(mask: MaskOfItem, model: MaskNoise, seed: number, key: string): Uint8Array {
  if (!isChosen(seed, key, model.rate)) return mask.indices;
  const { indices, width, height, classes } = mask;
  const random = randomStream(seed, "mask noise", key);
  const outwards = random.uniform() < 0.5; // one direction for all classes of the item
  const noisy = Array.from({ length: classes }, (_, index) =>
    ofOneClass(classes === 1 ? indices : ofClass(indices, index), { width, height }, model, outwards, random),
  );
  return joinClasses(noisy);
}

function ofOneClass(
  mask: Uint8Array,
  { width, height }: { width: number; height: number },
  model: MaskNoise,
  outwards: boolean,
  random: RandomStream,
): Uint8Array {
  switch (model.kind) {
    case "boundaryShift":
      return moveBoundary(mask, width, height, outwards ? model.pixels : -model.pixels);
    case "dilation":
      return moveBoundary(mask, width, height, model.pixels);
    case "erosion":
      return moveBoundary(mask, width, height, -model.pixels);
    case "droppedRegions":
      return dropRegions(mask, width, height, model.chance, random);
    case "spuriousBlobs":
      return addBlobs(mask, width, height, model, random);
    case "polygon":
      return simplifyOutline(mask, width, height, model.tolerance);
  }
}
