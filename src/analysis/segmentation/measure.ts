/** @file The door: what is measured of a truth once, and of each prediction. Scores are derived later from what is kept. */
import type { PredictionMeasures, SurfaceDistances, TruthProfile } from "@tessera/domain/measures";
import { diceOfCounts } from "../dice.ts";
import { type Spacing, squaredDistances } from "./distanceTransform.ts";
import { droppedPixels } from "./droppedPixels.ts";
import { errorCurves } from "./errorCurves.ts";
import { checkMask, countPixels } from "./mask.ts";
import { overlapsOf } from "./overlaps.ts";
import { directedDistances, summarizeDistances } from "./surfaceDistances.ts";
import { labelMask } from "./topology.ts";

export interface ReaderMask {
  readonly reader: string;
  /** At the truth's size. */
  readonly mask: Uint8Array;
}

export interface ProfileOptions {
  /** Of the dropped pixels' places: the same seed and truth give the same profile. */
  readonly seed: string | number;
  /** Every reader's opinion on the item, where there are several. */
  readonly readers?: readonly ReaderMask[];
}

/** @param truth [height*width], row by row; anything but 0 is foreground. @throws DomainError BAD_INPUT for a mask of another size */
export function profileTruth(
  truth: Uint8Array,
  width: number,
  height: number,
  { seed, readers = [] }: ProfileOptions,
): TruthProfile {
  const { topology } = labelMask(truth, width, height);
  const outside = squaredDistances(truth, width, height);
  return {
    pixels: countPixels(truth),
    topology,
    errorCurves: errorCurves(truth, width, height, outside),
    dropped: droppedPixels(truth, width, height, seed, outside),
    readers: readers.flatMap((a, i) => {
      checkMask(`reader ${a.reader}`, a.mask, width, height);
      return readers.slice(i + 1).map((b) => ({ a: a.reader, b: b.reader, dice: diceOfMasks(a.mask, b.mask) }));
    }),
  };
}

/**
 * @param truth      [height*width], row by row; anything but 0 is foreground.
 * @param prediction as truth
 * @param spacing    mm per pixel of this very square, which may differ by axis; null where the item has none
 * @throws DomainError BAD_INPUT for a mask of another size
 */
export function measurePrediction(
  truth: Uint8Array,
  prediction: Uint8Array,
  width: number,
  height: number,
  spacing: Spacing | null,
): PredictionMeasures {
  const inPixels = directedDistances(truth, prediction, width, height);
  return {
    ...overlapsOf(labelMask(truth, width, height), labelMask(prediction, width, height)),
    distances: summarizeDistances(inPixels),
    distancesMm: spacing === null ? null : inMillimetres(),
  };

  function inMillimetres(): SurfaceDistances {
    const { x, y } = spacing!;
    if (x === y) return summarizeDistances(inPixels, { scale: x });
    return summarizeDistances(directedDistances(truth, prediction, width, height, { x, y }));
  }
}

/** Null where both are empty. */
function diceOfMasks(a: Uint8Array, b: Uint8Array): number | null {
  let [truePositives, falsePositives, falseNegatives] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== 0 && b[i] !== 0) truePositives++;
    else if (a[i] !== 0) falsePositives++;
    else if (b[i] !== 0) falseNegatives++;
  }
  return diceOfCounts({ truePositives, falsePositives, falseNegatives });
}
