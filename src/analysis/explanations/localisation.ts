/** @file Where heat maps put their weight, against masks: the area under the ROC curve over the pixels of an item. */
import type { ItemMean } from "@tessera/domain/inspections/guard";
import type { Localisation } from "@tessera/domain/inspections/heatmaps";
import { midranks } from "../midranks.ts";
import { tInterval } from "../studentT.ts";
import { mean } from "../summary.ts";
import { centreMap, edgeMap, greyOf } from "./baselineMaps.ts";

/**
 * The chance that a pixel inside the mask gets more than one outside, ties counting a half (Hanley & McNeil 1982).
 * @param map [size*size]; a signed one as it is: what speaks against the class is below what says nothing
 * @param mask the same length, not 0 inside
 * @returns null for a mask that is empty or covers everything
 */
export function pixelAuc(map: ArrayLike<number>, mask: ArrayLike<number>): number | null {
  const ranks = midranks(map);
  let [sum, inside] = [0, 0];
  for (let i = 0; i < ranks.length; i++) {
    if (mask[i] === 0) continue;
    sum += ranks[i]!;
    inside++;
  }
  const outside = ranks.length - inside;
  return inside === 0 || outside === 0 ? null : (sum - (inside * (inside + 1)) / 2) / (inside * outside);
}

export interface LocatedItem {
  /** [size*size] */
  readonly map: ArrayLike<number>;
  /** [size*size*3], of any unit */
  readonly image: ArrayLike<number>;
  /** [size*size], not 0 inside */
  readonly mask: ArrayLike<number>;
}

/** Other items are drawn, not another training. @returns null where no item has a mask that says where */
export function localisation(items: readonly LocatedItem[], size: number): Localisation | null {
  const centre = centreMap(size);
  const scored = items.flatMap(({ map, image, mask }) => {
    const own = pixelAuc(map, mask);
    if (own === null) return [];
    return [{ own, edge: pixelAuc(edgeMap(greyOf(image), size), mask)!, middle: pixelAuc(centre, mask)! }];
  });
  if (scored.length === 0) return null;
  const over = (of: (item: (typeof scored)[number]) => number): ItemMean => {
    const values = scored.map(of);
    return { mean: mean(values), ...tInterval(values) };
  };
  return {
    auc: over(({ own }) => own),
    items: scored.length,
    edgeDetector: over(({ edge }) => edge),
    centrePrior: over(({ middle }) => middle),
    overEdgeDetector: over(({ own, edge }) => own - edge),
    overCentrePrior: over(({ own, middle }) => own - middle),
  };
}
