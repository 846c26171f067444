/**
 * @file Equivalent error: by how many pixels this item's truth must be off to have the Dice that the prediction has. It makes
 * Dice comparable between regions of different sizes.
 *
 * Our own definition. Which error of the outline is taken follows from the balance of the wrong pixels, b = (FP - FN) /
 * (FP + FN): D(e) = (1 - |b|) shifted(e) + |b| (dilated(e) where b > 0, else eroded(e)), linear between the errors of the
 * truth's curves. So a truth that is moved, dilated or eroded by k pixels has an equivalent error of k.
 */
import type { ErrorCurves } from "@tessera/domain/measures";
import { diceOfCounts, type PixelCounts } from "../dice.ts";

export interface EquivalentError {
  readonly pixels: number;
  /** The error is this or larger: nothing of the truth is found, or less than the curve ever falls to. */
  readonly atLeast: boolean;
}

/** @param curves of the item's truth; null for an empty truth, which has no outline: the result is null too */
export function equivalentError(curves: ErrorCurves | null, counts: PixelCounts): EquivalentError | null {
  if (curves === null) return null;
  const { falsePositives: fp, falseNegatives: fn } = counts;
  if (fp + fn === 0) return { pixels: 0, atLeast: false };
  const dice = diceOfCounts(counts)!;
  const balance = (fp - fn) / (fp + fn);
  const grown = balance > 0 ? curves.dilated : curves.eroded;
  const at = (i: number) => (1 - Math.abs(balance)) * curves.shifted[i]! + Math.abs(balance) * grown[i]!;

  const { errors } = curves;
  const reached = errors.findIndex((_, i) => at(i) <= dice);
  if (reached === -1) return { pixels: errors[errors.length - 1]!, atLeast: true };
  const [before, after] = [at(reached - 1), at(reached)];
  const part = (before - dice) / (before - after);
  return { pixels: errors[reached - 1]! + part * (errors[reached]! - errors[reached - 1]!), atLeast: dice === 0 };
}
