/** @file The one model of the witness board: every picture and table is a projection of it. */
import type { WitnessStudyQuery } from "@/gql/graphql";
import { type ArmLook, armLook, type ColorScheme } from "@/lib/arms";
import { isNumber, plural, score } from "@/lib/format";
import type { Stage } from "@/lib/stage";

export type Board = NonNullable<NonNullable<WitnessStudyQuery["experiment"]>["witnessStudy"]>;
export type Curve = Board["curves"][number];
export type Point = Curve["points"][number];
export type Progress = Board["progress"];

export const lookOf = (board: Board, pooling: string, scheme: ColorScheme): ArmLook =>
  armLook(board.poolings.indexOf(pooling), scheme);

/** "0.5 %". */
export const rateText = (rate: number): string => `${Number((100 * rate).toPrecision(3))} %`;

/** "0.812 ± 0.021", "0.812", "not yet". */
export const scoreText = ({ score: { mean, sd } }: Point): string => {
  if (!isNumber(mean)) return "not yet";
  return isNumber(sd) ? `${score(mean)} ± ${score(sd)}` : score(mean);
};

/** "95 % interval 0.790 to 0.834, 5 seeds". */
export const pointTitle = ({ low, high, score: { seeds, items } }: Point): string => {
  const interval = isNumber(low) && isNumber(high) ? `95 % interval over seeds ${score(low)} to ${score(high)}, ` : "";
  return `${interval}${plural(seeds, "seed")}, n = ${items}`;
};

/** Least number of seeds with a score in some cell that has any. */
export const leastSeeds = (board: Board): number => Math.min(...board.curves.map(({ limit }) => limit?.seeds ?? 0));

export function basisText(
  board: Board,
  { dataset, split }: { readonly dataset: string; readonly split: string },
): string {
  const seeds = Math.max(0, ...board.curves.flatMap(({ points }) => points.map((point) => point.score.seeds)));
  const scored =
    seeds === 0 ? "no run is scored yet" : `test, n = ${plural(board.testBags, "bag")}, ${plural(seeds, "seed")}`;
  return `${scored}; bags of ${board.tiles} tiles of ${dataset}, split “${split}”, drawn with seed ${board.bagSeed}`;
}

export const stagesOf = (progress: Progress): Stage[] => [
  { name: "rates composed", done: progress.ratesMade, of: progress.rates, failed: progress.ratesFailed },
  { name: "runs", done: progress.runsSucceeded, of: progress.runs, failed: progress.runsFailed },
];
