/** @file The board of Dice against region size: of the items that are measured. */
import { mapFacts } from "@tessera/analysis/segmentation/itemFacts";
import { regionSizeBoard, regionSizeConvention } from "@tessera/analysis/segmentation/regionSizes";
import type { RegionSizeBoard } from "./regionSizeBoard.type.ts";
import { chosenOf, isMeasured, type SetFacts } from "./setFacts.ts";

/** @param size side of the square, pixels */
export function assembleRegionSizes(
  { truths, arms }: SetFacts,
  { classIndex, size }: { classIndex: number; size: number },
): RegionSizeBoard {
  const ofClass = new Map(truths.filter((truth) => truth.classIndex === classIndex).map((each) => [each.itemId, each]));
  const sized = chosenOf(arms, classIndex, isMeasured).map((arm) =>
    mapFacts(arm, ({ counts, measured: { truth } }) => ({ counts, truth, width: size, height: size })),
  );
  // the label's own share, of the origin's pixels: what the other boards call the region's size
  const shares = new Map([...ofClass.values()].map(({ itemId, regionShare }) => [itemId, regionShare]));
  const { points, arms: errors, strata, withoutRegion } = regionSizeBoard(sized, shares);
  return {
    convention: regionSizeConvention,
    points: points.map((point) => ({ ...point, itemName: ofClass.get(point.itemId)!.itemName })),
    arms: errors.map(({ mean, ...arm }) => ({ ...arm, equivalentError: mean })),
    strata,
    withoutRegion,
  };
}
