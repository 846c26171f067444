/** @file What a witness board says in words. */
import type { ChanceLimit } from "@tessera/analysis/bags/chanceLimit";
import { rateText, type WitnessDesign } from "@tessera/domain/study/witnessStudy";
import type { WitnessCurve, WitnessStudyProgress } from "./witnessBoard.type.ts";

/** Below so many seeds there is an estimate and its spread, no verdict. */
const seedsOfVerdict = 5;

export function limitText(limit: ChanceLimit | null): string {
  if (limit === null) return "not known yet: no seed is scored";
  const { estimate, low, high, seeds, below, above } = limit;
  const at = rateText(estimate);
  if (below === seeds) return `below ${at}, the lowest rate: told from chance at every rate`;
  if (above === seeds) return `above ${at}, the highest rate: not told from chance there`;
  const censored = [
    ...(below > 0 ? [`${below} of ${seeds} seeds are told from chance at every rate`] : []),
    ...(above > 0 ? [`${above} of ${seeds} seeds are not at the highest`] : []),
  ];
  const about = below > 0 && above > 0 ? `near ${at}` : below > 0 ? `at most ${at}` : above > 0 ? `at least ${at}` : at;
  const range = low !== null && high !== null ? ` (${rateText(low)} to ${rateText(high)})` : "";
  return `${about}${range}${censored.length > 0 ? `: ${censored.join(", ")}` : ""}`;
}

export function answerText(curves: readonly WitnessCurve[], { isOver, runsFailed }: WitnessStudyProgress): string {
  const known = curves.filter(({ limit }) => limit !== null);
  if (known.length === 0) return "No run is scored yet.";
  const seeds = Math.min(...known.map(({ limit }) => limit!.seeds));
  const parts = known.map(({ pooling, limitText: text }) => `${pooling}: ${text.split(":")[0]}`);
  const so = isOver && runsFailed === 0 ? "" : " So far.";
  const few = seeds < seedsOfVerdict ? ` Estimates from ${seeds} seed${seeds === 1 ? "" : "s"}, no verdict.` : "";
  return `Not told from chance below these witness rates: ${parts.join("; ")}.${few}${so}`;
}

export function witnessNotes({ bags, rates }: WitnessDesign, ceiling: number): string[] {
  const least = 1 / bags.tiles;
  return [
    `A run is told from chance where its test AUC is above ${ceiling.toFixed(3)}: a model that knows nothing gets more in 2.5 % of scorings of ${bags.test} such bags.`,
    "All poolings and seeds have the same bags; of two rates the bags differ in the witnesses alone. The intervals are over trainings, not over other bags, and tiles may be in several bags of their fold.",
    "Bags mix the tiles of many slides of a fold: what makes one slide differ from another, as stain does, is in no bag's label here, so real slides are harder.",
    ...(rates[0]! < least
      ? [`Below ${rateText(least)} a bag of ${bags.tiles} tiles has one witness all the same.`]
      : []),
  ];
}
