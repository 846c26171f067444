/**
 * @file From which fraction of the training data on an arm's advantage is gone.
 *
 * At one fraction the gap is closed where it is equivalent within δ, or where its 95 % interval ends below δ: then pretraining brings
 * less than what was declared to matter, be it that the arm is even worse. It closes at the smallest fraction at which, and at every
 * larger one of the study, it is closed. Not to have found a difference closes nothing.
 */
import { fractionText } from "@tessera/domain/study/transferStudy";

/** The final gap at one fraction, as an advantage: above 0 the arm is better, whatever the metric's direction. */
export interface FractionGap {
  readonly fraction: number;
  readonly verdict: "better" | "worse" | "equivalent" | "undecided" | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Closing {
  /** Null where it is not shown to close. */
  readonly fraction: number | null;
  readonly sentence: string;
}

/** @param delta declared before the runs; null: nothing was */
export function closing(gaps: readonly FractionGap[], delta: number | null): Closing {
  if (gaps.length === 0) return { fraction: null, sentence: "No fraction has runs of both arms." };
  if (delta === null) {
    return { fraction: null, sentence: "No δ was declared, so that no gap can be said to be closed." };
  }
  const ordered = gaps.toSorted((a, b) => a.fraction - b.fraction);
  const isClosed = ({ verdict, high }: FractionGap) =>
    verdict === "equivalent" || (verdict !== null && high !== null && high < delta);
  const lastOpen = ordered.findLastIndex((gap) => !isClosed(gap));
  const from = ordered[lastOpen + 1];
  if (from === undefined) return { fraction: null, sentence: openSentence(ordered.at(-1)!, delta) };
  const text = fractionText(from.fraction);
  const larger = from === ordered.at(-1) ? "" : " and at every larger fraction";
  const sentence = `The gap is closed at ${text}${larger}: an advantage of ${delta} or more is ruled out there.`;
  return { fraction: from.fraction, sentence };
}

function openSentence({ fraction, verdict, low }: FractionGap, delta: number): string {
  const at = `At ${fractionText(fraction)}, the largest fraction, `;
  if (verdict === null) return `${at}there is no verdict yet, so that the gap is not shown to close.`;
  if (low !== null && low >= delta) return `${at}the gap is open: an advantage below ${delta} is ruled out.`;
  const found = verdict === "better" ? "the arm is better, and " : "";
  return `${at}${found}an advantage of ${delta} or more is not ruled out: the gap is not shown to close.`;
}
