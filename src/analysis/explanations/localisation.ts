/** @file Where heat maps put their weight, against masks: the area under the ROC curve over the pixels of an item. */
import type { ItemMean } from "@tessera/domain/inspections/guard";
import type { Localisation } from "@tessera/domain/inspections/heatmaps";
import { binaryAuc } from "../binaryAuc.ts";
import { tInterval } from "../studentT.ts";
import { mean } from "../summary.ts";
import { centreMap, edgeMap, greyOf } from "./baselineMaps.ts";

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
    const own = binaryAuc(map, mask);
    if (own === null) return [];
    return [{ own, edge: binaryAuc(edgeMap(greyOf(image), size), mask)!, middle: binaryAuc(centre, mask)! }];
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
