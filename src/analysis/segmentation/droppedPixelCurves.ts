/** @file What wrong pixels cost, over many truths: the mean curve of each placement, for all sizes and for each size stratum. */
import { type DroppedPixels, type Placement, placements } from "@tessera/domain/measures";
import { stratumOf } from "../strata.ts";
import { meanAndSd } from "../summary.ts";

export interface ProfiledItem {
  /** Truth's share of the image's pixels, 0 to 1. */
  readonly regionShare: number;
  readonly dropped: readonly DroppedPixels[];
}

export interface DroppedPixelCurve {
  readonly placement: Placement;
  /** "all", or a size stratum's label. */
  readonly stratum: string;
  /** Wrong pixels as a share of the truth's pixels, rising. */
  readonly share: readonly number[];
  /** Means over the items that have room for that share; in order of `share`. */
  readonly dice: readonly (number | null)[];
  /** Pixels. */
  readonly hd95: readonly (number | null)[];
  /** Pixels. */
  readonly assd: readonly (number | null)[];
  /** At a tolerance of one pixel. */
  readonly nsd: readonly (number | null)[];
  readonly items: readonly number[];
}

export const droppedPixelConvention =
  "each truth against itself with that many pixels wrong, drawn at random; mean over the items with room for them; a distance is left out where nothing of the truth is left";

/** For every placement first all items, then each size stratum that has one. */
export function droppedPixelCurves(items: readonly ProfiledItem[]): DroppedPixelCurve[] {
  const strata = [...Map.groupBy(items, ({ regionShare }) => stratumOf(regionShare))].filter(
    ([label]) => label !== null,
  );
  const groups = [["all", items] as const, ...strata.sort(([, a], [, b]) => a[0]!.regionShare - b[0]!.regionShare)];
  return placements.flatMap((placement) =>
    groups.flatMap(([stratum, group]) => {
      const dropped = group.flatMap((item) => item.dropped.filter((each) => each.placement === placement));
      return dropped.length === 0 ? [] : [{ placement, stratum: stratum ?? "all", ...curve(dropped) }];
    }),
  );
}

function curve(dropped: readonly DroppedPixels[]): Omit<DroppedPixelCurve, "placement" | "stratum"> {
  const byShare = [...Map.groupBy(dropped, ({ share }) => share)].sort(([a], [b]) => a - b);
  const means = (of: (each: DroppedPixels) => number | null) =>
    byShare.map(([, group]) => meanAndSd(group.map(of).filter((value) => value !== null)).mean);
  return {
    share: byShare.map(([share]) => share),
    dice: means((each) => each.dice),
    hd95: means((each) => each.hd95),
    assd: means((each) => each.assd),
    nsd: means((each) => each.nsd),
    items: byShare.map(([, group]) => group.length),
  };
}
