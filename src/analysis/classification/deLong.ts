/**
 * @file Do two runs differ in AUC on the items that both scored? DeLong, DeLong & Clarke-Pearson 1988 by the midranks of
 * Sun & Xu 2014 (IEEE Signal Process. Lett. 21, algorithm 2): O(n log n).
 *
 * The items are what is drawn again, not the training: it speaks of these two runs, and of their arms not at all.
 */
import { DomainError } from "@tessera/domain/errors";
import { midranks } from "../midranks.ts";
import { normalProbability, normalQuantile } from "../normal.ts";
import type { Ranking } from "./ranking.ts";

export interface DeLong {
  readonly a: number;
  readonly b: number;
  /** AUC of b minus AUC of a. */
  readonly difference: number;
  /** Of the difference. */
  readonly standardError: number;
  /** 95 %, normal. Null where the standard error is 0, as of two runs without an error, or of equal rankings. */
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, of equal AUCs; null where the standard error is 0. */
  readonly p: number | null;
  readonly positives: number;
  readonly negatives: number;
  readonly label: "these runs only";
}

/**
 * @param truth [items], each 0 or 1
 * @param a [items] scores of the reference run; b of the other, in the same order
 * @returns null with fewer than two positive or two negative items: no variance
 * @throws DomainError BAD_INPUT for different lengths, another truth, or a score that is no finite number
 */
export function deLong(truth: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): DeLong | null {
  if (truth.length !== a.length || truth.length !== b.length) {
    const got = `${truth.length}, ${a.length} and ${b.length}`;
    throw new DomainError("BAD_INPUT", `Expected truth and both runs' scores of the same items, got ${got}`);
  }
  const isPresent: boolean[] = [];
  for (let item = 0; item < truth.length; item++) {
    if (truth[item] !== 0 && truth[item] !== 1) {
      throw new DomainError("BAD_INPUT", `Item number ${item}: expected a truth of 0 or 1, got ${truth[item]}`);
    }
    if (!Number.isFinite(a[item]) || !Number.isFinite(b[item])) {
      const got = `${a[item]} and ${b[item]}`;
      throw new DomainError("BAD_INPUT", `Item number ${item}: expected finite scores, got ${got}`);
    }
    isPresent.push(truth[item] === 1);
  }
  const positives = isPresent.filter(Boolean).length;
  const negatives = isPresent.length - positives;
  if (positives < 2 || negatives < 2) return null;

  const [partsA, partsB] = [components(isPresent, a), components(isPresent, b)];
  const ofPositives = varianceOfDifference(partsA.positives, partsB.positives);
  const ofNegatives = varianceOfDifference(partsA.negatives, partsB.negatives);
  const difference = partsB.auc - partsA.auc;
  const standardError = Math.sqrt(ofPositives / positives + ofNegatives / negatives);
  const half = normalQuantile(0.975) * standardError;
  return {
    a: partsA.auc,
    b: partsB.auc,
    difference,
    standardError,
    low: standardError === 0 ? null : difference - half,
    high: standardError === 0 ? null : difference + half,
    p: standardError === 0 ? null : 2 * normalProbability(-Math.abs(difference) / standardError),
    positives,
    negatives,
    label: "these runs only",
  };
}

/**
 * Structural components: of each positive item the share of negatives below it, of each negative the share of positives above
 * it; ties count half.
 */
function components(isPresent: readonly boolean[], scores: ArrayLike<number>) {
  const [present, absent]: [number[], number[]] = [[], []];
  isPresent.forEach((is, item) => {
    (is ? present : absent).push(scores[item]!);
  });
  const [m, n] = [present.length, absent.length];
  const all = midranks([...present, ...absent]);
  const [inPresent, inAbsent] = [midranks(present), midranks(absent)];
  const positives = inPresent.map((own, i) => (all[i]! - own) / n);
  const negatives = inAbsent.map((own, j) => 1 - (all[m + j]! - own) / m);
  return { positives, negatives, auc: positives.reduce((sum, share) => sum + share, 0) / m };
}

export interface AucInterval {
  readonly low: number;
  readonly high: number;
  readonly confidence: 0.95;
  readonly label: "these runs only";
}

/**
 * DeLong's variance of one AUC, its interval taken on the logit scale (Pepe 2003, section 5.2.6), so that it ends below 1 and is
 * longer towards 0.5. Other items are drawn, not another training.
 * @returns null with fewer than two positive or two negative items, and for an AUC of 0 or 1, whose variance would be 0
 */
export function aucInterval({ truth, scores }: Ranking): AucInterval | null {
  const isPresent = Array.from(truth, (value) => value === 1);
  const count = isPresent.filter(Boolean).length;
  if (count < 2 || truth.length - count < 2) return null;
  const { auc, positives, negatives } = components(isPresent, scores);
  const variance = sampleVariance(positives) / count + sampleVariance(negatives) / (truth.length - count);
  if (auc === 0 || auc === 1) return null;
  const middle = Math.log(auc / (1 - auc));
  const half = (normalQuantile(0.975) * Math.sqrt(variance)) / (auc * (1 - auc));
  const back = (logit: number) => 1 / (1 + Math.exp(-logit));
  return { low: back(middle - half), high: back(middle + half), confidence: 0.95, label: "these runs only" };
}

/** Sample variance of b - a, which is var(a) + var(b) - 2 cov(a, b), and exactly 0 for equal components. */
const varianceOfDifference = (a: Float64Array, b: Float64Array) => sampleVariance(b.map((value, i) => value - a[i]!));

function sampleVariance(values: Float64Array): number {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
