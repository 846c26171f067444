/** @file Dropped pixel curves of the truths of a set. */
import { droppedPixelConvention, droppedPixelCurves } from "@tessera/analysis/segmentation/droppedPixelCurves";
import type { DroppedPixelCurve } from "./droppedPixelCurve.type.ts";
import type { SetFacts } from "./setFacts.ts";

export function assembleDroppedPixels({ truths }: SetFacts, classIndex: number): DroppedPixelCurve[] {
  const profiled = truths.flatMap(({ classIndex: index, regionShare, profile }) =>
    index === classIndex && profile ? [{ regionShare, profile }] : [],
  );
  return droppedPixelCurves(profiled).map((curve) => ({ ...curve, convention: droppedPixelConvention }));
}
