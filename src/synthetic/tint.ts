/** @file The hues that polyps, and the decoys beside them, give to the mucosa. */
import type { RandomStream } from "@tessera/domain/random";

/**
 * A change of the mucosa's colour, RGB: redder or paler. Decoys on flat mucosa have the same hues at about half the
 * strength, so that colour helps, but alone does not find a polyp.
 */
export function drawTint(random: RandomStream, low: number, high: number): readonly [number, number, number] {
  const strength = random.between(low, high);
  const redder = random.uniform() < 0.6;
  return redder
    ? [0.02 * strength, -0.09 * strength, -0.06 * strength]
    : [0.05 * strength, 0.07 * strength, 0.06 * strength];
}
