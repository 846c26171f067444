/**
 * @file The verdicts of a study as sentences, in the three words of product.md's "Statistics": better, equivalent within δ, undecided.
 * "Worse" is said as the reference being better; what has no verdict is said to have none.
 */
import { fractionText } from "@tessera/domain/study/transferStudy";
import type { Verdict } from "../verdict.ts";

export interface Said {
  readonly fraction: number;
  readonly verdict: Verdict | null;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The smallest effect found with 80 % chance. */
  readonly detectable: number | null;
}

export interface SaidArm {
  readonly name: string;
  /** By fraction. */
  readonly gaps: readonly Said[];
  /** Of speed: ratios of steps. */
  readonly speeds: readonly Said[];
}

interface Told {
  readonly reference: string;
  readonly delta: number | null;
}

/** Both gaps of one arm at every fraction, with their numbers. */
export function armSentence(arm: SaidArm, told: Told): string {
  const parts = (said: readonly Said[], numbers: (each: Said) => string) =>
    said.map((each) => `${word(each, told)} at ${fractionText(each.fraction)}${numbers(each)}`).join("; ");
  const gaps = parts(arm.gaps, (each) => numbersOf(each, (value) => value.toFixed(4), "a difference"));
  const speeds = parts(arm.speeds, (each) => numbersOf(each, (value) => `${value.toPrecision(3)} ×`, "a ratio"));
  return `${arm.name} against ${told.reference}, final score: ${gaps}. Steps to the target: ${speeds}.`;
}

/** The final gaps of all arms; the largest number of words that still can be read at a glance. */
export function boardSentence(arms: readonly SaidArm[], told: Told): string {
  const sentences = arms.map(({ name, gaps }) => {
    const byWord = [...Map.groupBy(gaps, (each) => word(each, told))];
    return `${name}: ${byWord.map(([said, of]) => `${said} at ${atFractions(of)}`).join(", ")}.`;
  });
  return `Against ${told.reference}. ${sentences.join(" ")}`;

  function atFractions(of: readonly Said[]): string {
    const texts = of.map(({ fraction, verdict, detectable }) => {
      const reach =
        verdict === "undecided" && detectable !== null
          ? ` (a difference of ${detectable.toFixed(4)} would be found with 80 % chance)`
          : "";
      return `${fractionText(fraction)}${reach}`;
    });
    return listed(texts);
  }
}

function word({ verdict }: Said, { reference, delta }: Told): string {
  switch (verdict) {
    case "better":
      return "better";
    case "worse":
      return `${reference} is better`;
    case "equivalent":
      return `equivalent within ${delta}`;
    case "undecided":
      return "undecided";
    case null:
      return "no verdict";
  }
}

function numbersOf({ verdict, estimate, low, high, detectable }: Said, show: (value: number) => string, what: string) {
  if (estimate === null) return "";
  const interval = low === null || high === null ? "" : `, 95 % interval ${show(low)} to ${show(high)}`;
  const reach =
    verdict === "undecided" && detectable !== null
      ? `; ${what} of ${show(detectable)} would be found with 80 % chance`
      : "";
  return ` (${show(estimate)}${interval}${reach})`;
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}
