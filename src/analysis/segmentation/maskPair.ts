/** @file Two masks of one item against each other, as raw facts. */
import type { MaskPairFacts } from "@tessera/domain/maskPairs";
import { pixelCounts } from "@tessera/domain/pixelCounts";
import { surfaceDistances } from "./surfaceDistances.ts";

/** @param a, b [height*width], row by row; anything but 0 is foreground. @throws DomainError BAD_INPUT for other lengths */
export function maskPairFacts(a: Uint8Array, b: Uint8Array, width: number, height: number): MaskPairFacts {
  const { truePositives, falsePositives, falseNegatives } = pixelCounts(a, b);
  const { hd95 } = surfaceDistances(b, a, width, height);
  return {
    pixelsA: truePositives + falsePositives,
    pixelsB: truePositives + falseNegatives,
    shared: truePositives,
    hd95,
  };
}
