/** @file Pixels counted by what truth and prediction say of them. Scores are derived from these counts elsewhere. */
import { DomainError } from "./errors.ts";

export interface PixelCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** @param predicted, truth  same length, 0 is background. @throws DomainError BAD_INPUT when the lengths differ. */
export function pixelCounts(predicted: Uint8Array, truth: Uint8Array): PixelCounts {
  if (predicted.length !== truth.length) {
    const lengths = `${predicted.length} and ${truth.length}`;
    throw new DomainError("BAD_INPUT", `pixelCounts: expected two masks of one length, got ${lengths}`);
  }
  const counts = [0, 0, 0, 0]; // index: 2 * predicted + truth
  for (let i = 0; i < truth.length; i++) {
    const cell = (predicted[i] === 0 ? 0 : 2) + (truth[i] === 0 ? 0 : 1);
    counts[cell]!++;
  }
  const [trueNegatives, falseNegatives, falsePositives, truePositives] = counts as [number, number, number, number];
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}
