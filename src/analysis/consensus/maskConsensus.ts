/** @file One mask from several readers' masks of an item, pixel by pixel: the majority, or STAPLE's. */
import { joinClasses, ofClass } from "@tessera/domain/classMask";
import { DomainError } from "@tessera/domain/errors";
import { type Staple, staple } from "./staple.ts";

export interface MaskConsensus {
  /** [pixels] class index + 1, or 0: of one class 0 and 1. */
  readonly indices: Uint8Array;
  /** STAPLE's, per class: each reader's sensitivity and specificity; empty of a majority. */
  readonly models: readonly Pick<Staple, "sensitivity" | "specificity">[];
}

/**
 * What more than half of the readers call a pixel; where half of them do and no more, the pixel is of that class by `ties`
 * "foreground", and background by "background".
 * @param masks one per reader: [pixels] class index + 1, or 0
 */
export function majorityMask(
  masks: readonly Uint8Array[],
  classes: number,
  ties: "background" | "foreground",
): MaskConsensus {
  checkMasks(masks);
  const indices = new Uint8Array(masks[0]!.length);
  const votes = new Array<number>(classes + 1).fill(0);
  for (let at = 0; at < indices.length; at++) {
    votes.fill(0);
    for (const mask of masks) votes[mask[at]!]!++;
    for (let index = 1; index <= classes; index++) {
      const twice = 2 * votes[index]!;
      if (twice > masks.length || (twice === masks.length && ties === "foreground" && indices[at] === 0))
        indices[at] = index;
    }
  }
  return { indices, models: [] };
}

/** Each class against all else; a pixel is of the class that is most probable, where that is at least `threshold`. */
export function stapleMask(masks: readonly Uint8Array[], classes: number, threshold: number): MaskConsensus {
  checkMasks(masks);
  const each = Array.from({ length: classes }, (_, index) =>
    staple(classes === 1 ? masks : masks.map((mask) => ofClass(mask, index))),
  );
  const best = new Float64Array(masks[0]!.length);
  const winners = each.map(() => new Uint8Array(best.length));
  for (const [index, { posterior }] of each.entries()) {
    for (let at = 0; at < best.length; at++) {
      if (posterior[at]! < threshold || posterior[at]! <= best[at]!) continue;
      for (const other of winners) other[at] = 0;
      winners[index]![at] = 1;
      best[at] = posterior[at]!;
    }
  }
  const models = each.map(({ sensitivity, specificity }) => ({ sensitivity, specificity }));
  return { indices: joinClasses(winners), models };
}

function checkMasks(masks: readonly Uint8Array[]): void {
  const lengths = new Set(masks.map((mask) => mask.length));
  if (lengths.size === 1) return;
  throw new DomainError("BAD_INPUT", `Expected masks of one size, got ${[...lengths].join(" and ") || "no"} pixels`);
}
