/** @file What of a run's bags is known before one of them is read. */
import { DomainError } from "@tessera/domain/errors";
import type { BagSize } from "../items.ts";

export interface BagFacts {
  /** Per tile. */
  readonly features: number;
  /** Tiles of the largest bag. */
  readonly largest: number;
}

/** @throws DomainError CONFLICT where an item is no bag, or the bags have tiles of different lengths */
export function bagFactsOf(
  items: readonly { readonly itemId: string; readonly bagSize?: BagSize | undefined }[],
): BagFacts {
  const other = items.find(({ bagSize }) => bagSize === undefined);
  if (other !== undefined || items.length === 0) {
    const what = other === undefined ? "there is no item" : `item ${other.itemId} is an image`;
    throw new DomainError(
      "CONFLICT",
      `Multiple-instance learning takes bags of tiles, and ${what}; choose a dataset of bags, or a configuration of classification`,
    );
  }
  const sizes = items.map(({ bagSize }) => bagSize!);
  const lengths = [...new Set(sizes.map(({ features }) => features))];
  if (lengths.length > 1) {
    const message = `The bags' tiles have ${lengths.join(" and ")} features; expected one number, as one encoder gives`;
    throw new DomainError("CONFLICT", message, { features: lengths });
  }
  return { features: lengths[0]!, largest: Math.max(...sizes.map(({ tiles }) => tiles)) };
}
