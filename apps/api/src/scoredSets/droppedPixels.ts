/** @file Dropped pixel curves of the truths of a set. */
import { droppedPixelConvention, droppedPixelCurves } from "@tessera/analysis/segmentation/droppedPixelCurves";
import type { DroppedPixelCurve } from "./droppedPixelCurve.type.ts";
import type { SetFacts } from "./facts.ts";

export function assembleDroppedPixels({ truths }: SetFacts, classIndex: number): DroppedPixelCurve[] {
  const items = truths.flatMap(({ classIndex: index, regionShare, profile }) =>
    index === classIndex && profile ? [{ regionShare, dropped: profile.dropped }] : [],
  );
  return droppedPixelCurves(items).map((curve) => ({ ...curve, convention: droppedPixelConvention }));
}
