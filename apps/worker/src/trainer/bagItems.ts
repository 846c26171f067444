/** @file The items of a run on bags: their arrays of tiles, read when asked for, and kept while memory lasts. */
import { type BagFeatures, decodeBag } from "@tessera/domain/bags/npy";
import { DomainError } from "@tessera/domain/errors";
import type { Objects } from "@tessera/objects/objects";
import type { ItemPixels, TrainingItem } from "@tessera/training/items";
import type { JobItem } from "./protocol.ts";

export interface BagOptions {
  readonly teamId: string;
  readonly items: readonly JobItem[];
  /** Memory for bags, bytes; 0 keeps none. */
  readonly memoryBytes: number;
  readonly objects: Objects;
}

const nothing = new Uint8Array(0);

/** One per item, in the order given. @throws DomainError from `read`, BAD_FILE naming the item */
export function bagItems({ teamId, items, memoryBytes, objects }: BagOptions): TrainingItem[] {
  let freeBytes = memoryBytes;

  async function read({ itemId, sha256 }: JobItem): Promise<ItemPixels> {
    try {
      const bag = decodeBag(await objects.read(teamId, sha256));
      return { image: nothing, mask: nothing, bag };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError(error.code, `Item ${itemId}: ${error.message}`, error.details, error);
    }
  }

  return items.map((item) => {
    const { itemId, classValues, bagSize, corrupted } = item;
    let held: ItemPixels | null = null;
    return {
      itemId,
      ...(classValues && { classValues }),
      ...(bagSize && { bagSize }),
      ...(corrupted && { corrupted }),
      async read() {
        if (held !== null) return held;
        const pixels = await read(item);
        const bytes = bytesOf(pixels.bag!);
        if (held === null && bytes <= freeBytes) {
          freeBytes -= bytes;
          held = pixels;
        }
        return pixels;
      },
    };
  });
}

const bytesOf = ({ values }: BagFeatures): number => values.byteLength;

/** Bytes of all of them. */
export const bagBytes = (items: readonly JobItem[]): number =>
  items.reduce((sum, { bagSize }) => sum + 4 * (bagSize?.tiles ?? 0) * (bagSize?.features ?? 0), 0);
