/** @file The threshold curve of an arm as places on a drawing: unbroken stretches of its line and of its band. */
import { isNumber } from "@/lib/format";
import type { Ledger } from "./conventions.ts";

export type ThresholdCurve = Ledger["thresholds"][number];
type Place = (value: number) => number;

/** "M… L…" along the means; a gap where a mean is undefined. */
export function meanPath({ thresholds, mean }: ThresholdCurve, x: Place, y: Place): string {
  let pen = "M";
  return thresholds
    .map((threshold, at) => {
      const value = mean[at];
      if (!isNumber(value)) {
        pen = "M";
        return "";
      }
      const step = `${pen}${x(threshold)} ${y(value)}`;
      pen = "L";
      return step;
    })
    .join("");
}

/** A closed outline around the interval where it is known; empty below two seeds. */
export function bandPath({ thresholds, low, high }: ThresholdCurve, x: Place, y: Place): string {
  const known = thresholds.flatMap((threshold, at) => {
    const [under, over] = [low[at], high[at]];
    return isNumber(under) && isNumber(over) ? [{ x: x(threshold), under: y(under), over: y(over) }] : [];
  });
  if (known.length < 2) return "";
  const there = known.map((each) => `${each.x} ${each.over}`);
  const back = known.toReversed().map((each) => `${each.x} ${each.under}`);
  return `M${[...there, ...back].join("L")}Z`;
}

/** The mean at a threshold between two that were counted, by a straight line; null outside them. */
export function meanAt({ thresholds, mean }: ThresholdCurve, threshold: number): number | null {
  for (let at = 0; at < thresholds.length; at++) {
    const [here, value] = [thresholds[at]!, mean[at]];
    if (Math.abs(here - threshold) < 1e-9) return value ?? null;
    const [next, after] = [thresholds[at + 1], mean[at + 1]];
    if (next === undefined || here > threshold || next < threshold) continue;
    if (!isNumber(value) || !isNumber(after)) return null;
    return value + ((threshold - here) / (next - here)) * (after - value);
  }
  return null;
}
