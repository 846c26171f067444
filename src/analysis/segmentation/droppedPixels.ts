/**
 * @file What wrong pixels cost by where they are: a share of the truth's pixels missed inside it, or as many marked outside,
 * near it or far off. Our own definition; the same seed draws the same pixels, and a larger share holds those of a smaller.
 */
import { type DroppedPixels, type Placement, placements } from "@tessera/domain/measures";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import { diceOfCounts } from "../dice.ts";
import { squaredDistances } from "./distanceTransform.ts";
import { countPixels } from "./mask.ts";
import { surfaceDistances } from "./surfaceDistances.ts";

/** Of the truth's pixels. */
export const droppedShares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4] as const;

/** Pixels between the truth and a pixel that is "near" it, at most. */
const nearby = 2;

/**
 * @param outside `squaredDistances` of the truth, where it is at hand
 * @returns without the shares of less than half a pixel and the placements without room; none for an empty truth
 * @throws DomainError BAD_INPUT when the length is not width*height
 */
export function droppedPixels(
  truth: Uint8Array,
  width: number,
  height: number,
  seed: string | number,
  outside: Float64Array = squaredDistances(truth, width, height),
): DroppedPixels[] {
  const total = countPixels(truth);
  const most = Math.round(droppedShares[droppedShares.length - 1]! * total);
  return placements.flatMap((placement) => {
    const order = shuffled(candidates(placement, outside, most), randomStream(seed, "dropped", placement));
    if (placement === "far") order.sort((a, b) => outside[b]! - outside[a]!); // of equals the first drawn
    return droppedShares.flatMap((share) => {
      const pixels = Math.round(share * total);
      const room = placement === "inside" ? total - 1 : order.length;
      if (pixels === 0 || pixels > room) return [];
      const wrong = truth.slice();
      for (let i = 0; i < pixels; i++) wrong[order[i]!] = placement === "inside" ? 0 : 1;
      const [missed, marked] = placement === "inside" ? [pixels, 0] : [0, pixels];
      const dice = diceOfCounts({ truePositives: total - missed, falsePositives: marked, falseNegatives: missed })!;
      const { hd95, assd, nsd } = surfaceDistances(truth, wrong, width, height);
      return [{ placement, share, pixels, dice, hd95, assd, nsd: nsd[0]! }];
    });
  });
}

/** Indices of the pixels to draw from; for "far" the farthest `most` and those as far off as the last of them. */
function candidates(placement: Placement, outside: Float64Array, most: number): Int32Array {
  const [above, upTo] = {
    inside: [-1, 0],
    near: [0, nearby * nearby],
    far: [Math.max(nearby * nearby, farthest(outside, most) - 1), Number.MAX_VALUE],
  }[placement] as [number, number];
  const found = new Int32Array(outside.length);
  let count = 0;
  for (let i = 0; i < outside.length; i++) if (outside[i]! > above && outside[i]! <= upTo) found[count++] = i;
  return found.subarray(0, count);
}

/** The largest squared distance that at least `most` pixels have or exceed. */
function farthest(squared: Float64Array, most: number): number {
  const sorted = squared.toSorted();
  return sorted[Math.max(0, sorted.length - most)] ?? 0;
}

/** In place (Fisher & Yates). */
function shuffled(pixels: Int32Array, random: RandomStream): Int32Array {
  for (let i = 0; i < pixels.length - 1; i++) {
    const other = i + random.integer(pixels.length - i);
    [pixels[i], pixels[other]] = [pixels[other]!, pixels[i]!];
  }
  return pixels;
}
