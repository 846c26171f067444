/** @file A reliability diagram as marks: how far each bin lies from what it says, and how many items that rests on. */
import { isNumber, percent, plural, score } from "@/lib/format";
import type { Calibration } from "./model.ts";

export interface ReliabilityMark {
  readonly confidence: number;
  readonly share: number;
  readonly n: number;
  /** Of its bin among all items, 0 to 1. */
  readonly weight: number;
  /** Bins of fewer than ten items say little by themselves. */
  readonly few: boolean;
  readonly text: string;
}

export const fewItems = 10;

/** Of the bins that hold an item. */
export const reliabilityMarks = ({ bins, n }: Calibration): ReliabilityMark[] =>
  bins.flatMap((bin) => {
    const { confidence, share, from, to } = bin;
    if (!isNumber(confidence) || !isNumber(share)) return [];
    const text = `${score(from)} to ${score(to)}: said ${percent(confidence)}, true of ${percent(share)} of ${plural(bin.n, "item")}`;
    return [{ confidence, share, n: bin.n, weight: bin.n / n, few: bin.n < fewItems, text }];
  });

export function reliabilityLabel(calibration: Calibration): string {
  if (!isNumber(calibration.error)) return "No reliability diagram: no item is scored.";
  const marks = reliabilityMarks(calibration);
  const bins = marks.map(({ text }) => text).join("; ");
  return `Reliability of ${plural(calibration.n, "item")}, calibration error ${score(calibration.error)}. ${bins}.`;
}
