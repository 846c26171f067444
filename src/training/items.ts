/** @file What the loop is fed with: items whose pixels come when they are asked for. Training knows no image format. */
import type { ClassValues } from "@tessera/domain/classValues";
import type { Fold } from "@tessera/domain/words";

export interface ItemPixels {
  /** [size*size*3] RGB, 0..255, row by row. */
  readonly image: Uint8Array;
  /** [size*size], 0 is background, else class index + 1; of classification empty. */
  readonly mask: Uint8Array;
}

export interface TrainingItem {
  readonly itemId: string;
  /** Of classification only. */
  readonly classValues?: ClassValues;
  /** The same pixels at every call; called again in every epoch, and for several items at once. */
  read(): Promise<ItemPixels>;
}

export type TrainingItems = Readonly<Record<Fold, readonly TrainingItem[]>>;

/** An item that is held in memory. */
export const itemInMemory = (itemId: string, pixels: ItemPixels): TrainingItem => ({
  itemId,
  read: () => Promise.resolve(pixels),
});
