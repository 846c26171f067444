/** @file A study's answer: every arm's Dice on the test fold, by size too, its other scores, and its difference from the first arm. */
import type { ScoredArm } from "@tessera/analysis/arm";
import { type Comparison, compareArms } from "@tessera/analysis/comparison";
import { armsOf, onItems } from "./armsOf.ts";
import type { ArmsDesign } from "./design.ts";
import { type MetricRow, metricsOf } from "./metrics.ts";
import type { Study } from "./run.ts";
import { terciles } from "./terciles.ts";

export interface ArmReport {
  readonly arm: string;
  readonly dice: Figure;
  /** Against the first arm; null for it. */
  readonly difference: (Interval & { readonly verdict: string | null; readonly reason: string }) | null;
  readonly bySize: readonly (Figure & { readonly tercile: string; readonly difference: Interval | null })[];
  /** By the name of the metric, as the dashboard shows them. */
  readonly metrics: MetricRow;
}

interface Figure {
  readonly mean: number;
  /** Over seeds. */
  readonly sd: number | null;
  readonly n: number;
  readonly seeds: number;
}

interface Interval {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

export async function reportStudy({ client, experimentId, seconds }: Study, design: ArmsDesign) {
  const rows = await client.results(experimentId, "TEST");
  const names = design.arms.map(({ name }) => name);
  const arms = armsOf(rows, names);
  const thirds = terciles(rows);
  const metrics = await metricsOf(client, experimentId);
  const whole = comparisons(arms, design.equivalenceMargin);
  const bySize = thirds.map(({ items }) => comparisons(onItems(arms, items), null));
  const reports = names.map((arm, i): ArmReport => {
    const compared = whole[i]!;
    return {
      arm,
      dice: figure(compared, i),
      difference: i === 0 ? null : { ...interval(compared), verdict: compared.verdict, reason: compared.reason },
      bySize: thirds.map(({ label }, third) => ({
        tercile: label,
        ...figure(bySize[third]![i]!, i),
        difference: i === 0 ? null : interval(bySize[third]![i]!),
      })),
      metrics: metrics.get(arm) ?? {},
    };
  });
  const sizes = thirds.map(({ label, from, to, items }) => ({ tercile: label, from, to, n: items.size }));
  return { fold: "test", sizes, arms: reports, trainingSeconds: Math.round(seconds) };
}

/** Each arm against the first, and the first against itself. */
const comparisons = (arms: readonly ScoredArm[], delta: number | null): Comparison[] =>
  arms.map((arm) => compareArms(arms[0]!, arm, { delta }));

const figure = ({ a, b }: Comparison, place: number): Figure => {
  const { mean, sd, n, seeds } = place === 0 ? a : b;
  return { mean, sd, n, seeds };
};

const interval = ({ difference: { estimate, low, high } }: Comparison): Interval => ({ estimate, low, high });
