/** @file The answer in one sentence. "Not detected" is never written as "no effect". */
import { isNumber, score, signed } from "@/lib/format";
import type { ComparisonModel } from "./model.ts";

/** What a sentence needs of a comparison: not its items. */
export interface Judged {
  /** "Dice" */
  readonly metric: string;
  readonly a: { readonly name: string };
  readonly b: { readonly name: string };
  readonly margin: number | null;
  readonly data: { readonly difference: ComparisonModel["data"]["difference"] };
}

export interface Sentence {
  readonly headline: string;
  readonly tone: "better" | "worse" | "equivalent" | "undecided" | "none";
}

/** "log loss", but "AUC", "Dice" and "Brier score". */
export const metricInText = (metric: string): string =>
  /^([A-Z]{2}|Dice|Brier)/.test(metric) ? metric : metric.charAt(0).toLowerCase() + metric.slice(1);

export function verdictSentence({ a, b, data, margin, metric }: Judged): Sentence {
  const { verdict } = data.difference;
  switch (verdict) {
    case "BETTER":
      return { tone: "better", headline: `${b.name} is better than ${a.name}${within(data, margin)}.` };
    case "WORSE":
      return { tone: "worse", headline: `${b.name} is worse than ${a.name}${within(data, margin)}.` };
    case "EQUIVALENT":
      return {
        tone: "equivalent",
        headline: `${b.name} and ${a.name} are equivalent within ±${margin ?? "δ"} ${metricInText(metric)}.`,
      };
    case "UNDECIDED":
      return { tone: "undecided", headline: `Undecided between ${a.name} and ${b.name}.` };
    default:
      return { tone: "none", headline: "No verdict." };
  }
}

/** A difference can be real and still smaller than what was declared to matter. */
function within({ difference: { low, high } }: Judged["data"], margin: number | null): string {
  const small = margin !== null && isNumber(low) && isNumber(high) && low > -margin && high < margin;
  return small ? `, though by less than the declared ${margin}` : "";
}

export function differenceText({ a, b, data, metric }: Judged): string {
  const { estimate, low, high, level } = data.difference;
  if (!isNumber(estimate))
    return `The difference ${b.name} − ${a.name} is undefined: no seed has a score under both arms.`;
  const interval =
    isNumber(low) && isNumber(high)
      ? `${Math.round(level * 100)} % interval ${signed(low)} to ${signed(high)}`
      : "no interval below two seeds";
  return `${b.name} − ${a.name} = ${signed(estimate)} ${metricInText(metric)} (${interval})`;
}

export const detectableText = ({ data }: Judged): string | null =>
  isNumber(data.difference.detectable)
    ? `With these n and seeds, a difference of ${score(data.difference.detectable)} would be found at 80 % power.`
    : null;
