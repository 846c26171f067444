/**
 * @file The smallest number of blocks that transfers what the whole encoder does.
 *
 * From the whole encoder down, cut by cut, until one falls short: the order is fixed before the runs, so that each step may be
 * tested at the full level (Maurer, Hothorn & Lehmacher 1995) and no cut is picked for its luck.
 */
import type { Verdict } from "./verdict.ts";

export interface CutPoint {
  /** Blocks that are transferred; 0 is random. */
  readonly k: number;
  /** Over seeds; null: not scored yet. */
  readonly mean: number | null;
  /** This cut minus the whole encoder; null: not scored yet. The verdict is null while there may be none. */
  readonly difference: {
    readonly low: number | null;
    readonly high: number | null;
    readonly verdict: Verdict | null;
  } | null;
}

export interface Whole {
  /** Blocks of the encoder. */
  readonly k: number;
  readonly mean: number | null;
  /** 95 % interval of the mean over seeds; null below two. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface SmallestCut {
  /** Null: not known yet. `k` of the whole encoder: no cut keeps up. */
  readonly k: number | null;
  /**
   * equivalent: this cut and every larger one is equivalent within the declared δ, or better. inside: without δ, their means are
   * inside the interval of the whole encoder's mean, or better, which describes these runs and tests nothing.
   */
  readonly rule: "equivalent" | "inside";
  readonly sentence: string;
}

/** @param points all but the whole encoder, in any order @param delta as declared before the runs; null: none was */
export function smallestCut(
  points: readonly CutPoint[],
  whole: Whole,
  { delta, higherIsBetter }: { readonly delta: number | null; readonly higherIsBetter: boolean },
): SmallestCut {
  const rule = delta === null ? "inside" : "equivalent";
  const keeps = delta === null ? insideOf(whole, higherIsBetter) : (point: CutPoint) => isEquivalent(point, delta);
  let smallest = whole.k;
  for (const point of points.toSorted((a, b) => b.k - a.k)) {
    const kept = keeps(point);
    if (kept === null) return { k: null, rule, sentence: waiting(point, delta) };
    if (!kept) break;
    smallest = point.k;
  }
  return { k: smallest, rule, sentence: sentenceOf(smallest, whole.k, delta) };
}

/** Null: no verdict yet. */
function isEquivalent({ difference }: CutPoint, delta: number): boolean | null {
  if (!difference || difference.verdict === null) return null;
  if (difference.verdict === "equivalent" || difference.verdict === "better") return true;
  const within = (value: number | null) => value !== null && Math.abs(value) < delta;
  return within(difference.low) && within(difference.high); // worse, though by less than what matters
}

const insideOf =
  ({ low, high }: Whole, higherIsBetter: boolean) =>
  ({ mean }: CutPoint): boolean | null => {
    if (mean === null || low === null || high === null) return null;
    return higherIsBetter ? mean >= low : mean <= high;
  };

function waiting({ k }: CutPoint, delta: number | null): string {
  const lacks = delta === null ? "two seeds of it and of the whole encoder" : "every run of it and at least five seeds";
  return `Not known yet: ${blocks(k)} cannot be judged before ${lacks} are scored.`;
}

function sentenceOf(k: number, all: number, delta: number | null): string {
  const how =
    delta === null
      ? "inside the interval of the whole encoder's mean"
      : `equivalent within ${delta} to the whole encoder, or better`;
  const caution = delta === null ? " No margin was declared, so this describes these runs and is no test." : "";
  if (k === all) return `Every block is needed: ${all - 1} of ${all} are not shown to be ${how}.${caution}`;
  if (k === 0) return `No block is needed: random weights, and every cut, are ${how}.${caution}`;
  return `${capital(blocks(k))} of ${all} ${k === 1 ? "is" : "are"} enough: this cut and every larger one is ${how}.${caution}`;
}

const blocks = (k: number): string =>
  k === 0 ? "random weights" : k === 1 ? "the first block" : `the first ${k} blocks`;
const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
