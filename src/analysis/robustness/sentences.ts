/** @file The verdict of a noise study as one sentence a kind of noise, in the words of product.md's "Statistics". */
import type { Verdict } from "../verdict.ts";

export interface SaidDifference {
  readonly method: string;
  readonly verdict: Verdict | null;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly detectable: number | null;
}

export interface SaidNoise {
  readonly noise: string;
  /** In the mean score over the noise range, against the reference. */
  readonly differences: readonly SaidDifference[];
}

interface Told {
  readonly reference: string;
  readonly metric: string;
  readonly delta: number | null;
}

/** Of one method: that there is nothing to compare it with. */
export function robustnessSentence(noises: readonly SaidNoise[], told: Told): string {
  if (noises.every(({ differences }) => differences.length === 0)) {
    return `One method, ${told.reference}: there is no other to compare it with; add one.`;
  }
  const sentences = noises.map(({ noise, differences }) => `Under ${noise} noise ${differences.map((each) => said(each, told)).join("; ")}.`);
  return `${sentences.join(" ")} Differences of the mean ${told.metric} over the noise range from ${told.reference}’s.`;
} // biome-ignore format: short

const show = (value: number) => value.toFixed(3).replace("-", "−");

function said({ method, verdict, estimate, low, high, detectable }: SaidDifference, { reference, delta }: Told): string {
  if (estimate === null) return `${method} has no comparison yet`;
  const interval = low === null || high === null ? "" : `, 95 % interval ${show(low)} to ${show(high)}`;
  const numbers = `(${show(estimate)}${interval})`;
  switch (verdict) {
    case "better":
      return `${method} is better ${numbers}`;
    case "worse":
      return `${reference} is better than ${method} ${numbers}`;
    case "equivalent":
      return `${method} is equivalent within ${delta} ${numbers}`;
    case "undecided":
      return `${method} is undecided ${numbers}${detectable === null ? "" : `, a difference of ${show(detectable)} would be found with 80 % chance`}`;
    case null:
      return `${method} has no verdict ${numbers}`;
  }
} // biome-ignore format: short
