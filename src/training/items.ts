/** @file What the loop is fed with: items whose pixels, or tiles, come when they are asked for. Training knows no image format. */
import type { BagFeatures } from "@tessera/domain/bags/npy";
import type { ClassValues } from "@tessera/domain/classValues";
import type { Fold } from "@tessera/domain/words";

export interface ItemPixels {
  /** [size*size*3] RGB, 0..255, row by row. */
  readonly image: Uint8Array;
  /** [size*size], 0 is background, else class index + 1; of classification empty. */
  readonly mask: Uint8Array;
  /** Of an item that is a bag: image and mask are empty. */
  readonly bag?: BagFeatures;
}

/** Of a bag, known before it is read. */
export interface BagSize {
  readonly tiles: number;
  readonly features: number;
}

/** What is known of a label that noise has changed. Nothing of it is trained on. */
export interface Corrupted {
  /** What the label was; of segmentation null. */
  readonly trueValues: ClassValues | null;
}

export interface TrainingItem {
  readonly itemId: string;
  /** Of classification only. */
  readonly classValues?: ClassValues;
  /** Of an item that is a bag. */
  readonly bagSize?: BagSize;
  /** Of a training item whose label noise has changed. */
  readonly corrupted?: Corrupted;
  /** The same pixels at every call; called again in every epoch, and for several items at once. */
  read(): Promise<ItemPixels>;
}

export type TrainingItems = Readonly<Record<Fold, readonly TrainingItem[]>>;

/** An item that is held in memory. */
export const itemInMemory = (itemId: string, pixels: ItemPixels): TrainingItem => ({
  itemId,
  read: () => Promise.resolve(pixels),
});
