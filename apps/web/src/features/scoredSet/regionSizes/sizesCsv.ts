import { csvText } from "@/lib/csv";
import { basisCells, basisHead, type SetModel } from "../model.ts";
import type { DroppedCurve, SizeBoard } from "./sizes.ts";

/** One row per item and arm. */
export const pointsCsv = ({ points, convention }: SizeBoard, model: SetModel): string =>
  csvText(
    [
      ...["item", "item_id", "region_share", "region_pixels", "one_pixel_dice", "two_pixel_dice", "three_pixel_dice"],
      ...["reader_dice", "arm", "dice", "equivalent_error_px", "at_least", ...basisHead, "convention"],
    ],
    points.flatMap((point) =>
      point.scores.map(({ arm, dice, equivalentError, atLeast }) => [
        ...[point.itemName, point.itemId, point.regionShare, point.pixels],
        ...[point.oneShift, point.twoShift, point.threeShift, point.readerDice],
        ...[arm, dice, equivalentError, atLeast],
        ...basisCells(model),
        convention,
      ]),
    ),
  );

/** One row per stratum and arm. */
export const strataCsv = ({ strata, convention }: SizeBoard, model: SetModel): string =>
  csvText(
    [
      ...["region", "share_from", "share_to", "items", "one_pixel_dice", "reader_dice", "reader_items"],
      ...["arm", "dice", "low", "high", "equivalent_error_px", "error_low", "error_high", ...basisHead, "convention"],
    ],
    strata.flatMap((stratum) =>
      stratum.arms.map(({ arm, dice, low, high, equivalentError, errorLow, errorHigh }) => [
        ...[stratum.label, stratum.lowShare, stratum.highShare, stratum.items],
        ...[stratum.onePixelDice, stratum.readerDice, stratum.readers],
        ...[arm, dice, low, high, equivalentError, errorLow, errorHigh],
        ...basisCells(model),
        convention,
      ]),
    ),
  );

export const droppedCsv = (curves: readonly DroppedCurve[], model: SetModel): string =>
  csvText(
    ["region", "placement", "share", "items", "dice", "hd95_px", "assd_px", "nsd_1px", ...basisHead, "convention"],
    curves.flatMap((curve) =>
      curve.share.map((share, at) => [
        ...[curve.stratum, curve.placement, share, curve.items[at]],
        ...[curve.dice[at], curve.hd95[at], curve.assd[at], curve.nsd[at]],
        ...basisCells(model),
        curve.convention,
      ]),
    ),
  );
