/** @file What wrong pixels cost, as curves over many truths: by where they are and by size of the region. */
import { type DroppedPixels, type Placement, placements, type TruthProfile } from "@tessera/domain/measures";
import { meanScore } from "../dice.ts";
import { sizeStrata, stratumOf } from "../strata.ts";

export const droppedPixelConvention =
  "each truth against itself with that many pixels wrong, drawn at random; the mean over the items that have room for them; a distance is left out where nothing of the truth is left";

export interface DroppedPixelCurve {
  readonly placement: Placement;
  /** "all", or a size stratum's label. */
  readonly stratum: string;
  /** Wrong pixels as a share of the truth's, rising. The lists below are means over the items that have room for it. */
  readonly share: readonly number[];
  readonly dice: readonly (number | null)[];
  readonly hd95: readonly (number | null)[];
  readonly assd: readonly (number | null)[];
  readonly nsd: readonly (number | null)[];
  readonly items: readonly number[];
}

/** Without the strata and placements that no truth is in. */
export function droppedPixelCurves(
  truths: readonly { readonly regionShare: number; readonly profile: TruthProfile }[],
): DroppedPixelCurve[] {
  const labels = ["all", ...sizeStrata([]).strata.map((stratum) => stratum.label)];
  return labels.flatMap((stratum) => {
    const within = truths.filter(({ regionShare }) => stratum === "all" || stratumOf(regionShare) === stratum);
    const dropped = within.flatMap(({ profile }) => profile.dropped);
    return placements.flatMap((placement) => {
      const here = dropped.filter((each) => each.placement === placement);
      return here.length === 0 ? [] : [curveOf(placement, stratum, here)];
    });
  });
}

function curveOf(placement: Placement, stratum: string, dropped: readonly DroppedPixels[]): DroppedPixelCurve {
  const byShare = [...Map.groupBy(dropped, ({ share }) => share)].sort(([a], [b]) => a - b);
  const means = (value: (each: DroppedPixels) => number | null) =>
    byShare.map(([, each]) => meanScore(each.map(value)).mean);
  return {
    placement,
    stratum,
    share: byShare.map(([share]) => share),
    dice: means((each) => each.dice),
    hd95: means((each) => each.hd95),
    assd: means((each) => each.assd),
    nsd: means((each) => each.nsd),
    items: byShare.map(([, each]) => each.length),
  };
}
