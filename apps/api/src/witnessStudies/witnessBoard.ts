/** @file The board of a witness study: AUC on test against the rate, and from which rate on a pooling is told from chance. */
import { chanceCeiling, chanceLimit } from "@tessera/analysis/bags/chanceLimit";
import { type CellRun, summarizeCell } from "@tessera/analysis/transfer/cells";
import { witnessesOf } from "@tessera/domain/bags/witnessRate";
import { type WitnessArm, witnessArms } from "@tessera/domain/study/witnessStudy";
import type { Experiment } from "@tessera/store/experiments";
import type { Run } from "@tessera/store/runs";
import type { WitnessStudyRow } from "@tessera/store/witnessStudies";
import type { Context } from "../context.ts";
import { countStates } from "../experiments/countStates.ts";
import { boardMetric } from "../transferStudies/boardMetric.ts";
import { lookedNotes } from "../transferStudies/boardNotes.ts";
import type { WitnessCurve, WitnessPoint, WitnessStudyBoard } from "./witnessBoard.type.ts";
import { answerText, limitText, witnessNotes } from "./witnessTexts.ts";

interface Valued {
  readonly run: Run;
  /** AUC on test; null before it is scored. */
  readonly value: number | null;
  readonly n: number;
}

export async function witnessBoard(
  context: Context,
  experiment: Experiment,
  { design, bagDatasetId }: WitnessStudyRow,
): Promise<WitnessStudyBoard> {
  const { loaders } = context;
  const [runs, rates, wanted, extensions] = await Promise.all([
    loaders.runsOfExperiment.load(experiment.id),
    loaders.witnessRates.load(experiment.id),
    loaders.wantedWitnessRuns.load(experiment.id),
    loaders.extensionsOfExperiment.load(experiment.id),
  ]);
  const metric = boardMetric(context, "classification", "auc");
  const valued = await Promise.all(
    runs.map(async (run): Promise<Valued> => {
      const evaluation = await loaders.evaluation("test").load(run.id);
      const scores = evaluation && (await metric.scoresOf(evaluation));
      return scores && "value" in scores ? { run, ...scores } : { run, value: null, n: 0 };
    }),
  );
  const { tiles, test, seed } = design.bags;
  const ceiling = chanceCeiling({ positives: Math.floor(test / 2), negatives: Math.ceil(test / 2) });
  const arms = witnessArms(design);
  const curves = design.poolings.map(({ name }) =>
    curveOf(
      name,
      arms.filter(({ pooling }) => pooling === name),
      valued,
      ceiling,
    ),
  );
  const progress = progressOf(runs, rates, wanted.length);
  return {
    poolings: design.poolings.map(({ name }) => name),
    ...{ tiles, testBags: test, bagSeed: seed, bagDatasetId, chanceCeiling: ceiling, progress, curves },
    rates: rates.map(({ rate, state, total, done, error }) => ({
      ...{ rate, state, total, done, error, witnesses: witnessesOf({ rate, tiles }) },
    })),
    answer: answerText(curves, progress),
    notes: [...witnessNotes(design, ceiling), ...lookedNotes(extensions)],
  };
}

function curveOf(
  pooling: string,
  arms: readonly WitnessArm[],
  valued: readonly Valued[],
  ceiling: number,
): WitnessCurve {
  const cells = arms.map(({ name, rate }) => {
    const ofArm = valued.filter(({ run }) => run.arm === name).toSorted((a, b) => a.run.seed - b.run.seed);
    return { name, rate, scored: ofArm.filter(({ n }) => n > 0) };
  });
  const points = cells.map(({ name, rate, scored }): WitnessPoint => {
    const ofSeeds: CellRun[] = scored.map(({ run, value, n }) => ({ seed: run.seed, value, n }));
    const { low, high, mean, sd, seeds, items, perSeed } = summarizeCell({ name, runs: ofSeeds });
    const runOf = (of: number) => scored.find(({ run }) => run.seed === of)!.run.id;
    const score = {
      arm: name,
      mean,
      sd,
      seeds,
      items,
      perSeed: perSeed.map((each) => ({ ...each, runId: runOf(each.seed) })),
    };
    return { rate, arm: name, score, low, high };
  });
  const aucOf = (cell: (typeof cells)[number], seed: number) =>
    cell.scored.find(({ run }) => run.seed === seed)?.value ?? null;
  // While a study grows or runs, of the rates that most seeds are scored at: one run of a new rate takes nothing back.
  const most = Math.max(1, ...cells.map(({ scored }) => scored.length));
  const begun = cells.filter(({ scored }) => scored.length === most);
  const seeds = [...new Set(cells.flatMap(({ scored }) => scored.map(({ run }) => run.seed)))];
  const whole = seeds
    .map((seed) => begun.flatMap((cell) => aucOf(cell, seed) ?? []))
    .filter((values) => values.length === begun.length);
  const limit = chanceLimit(
    begun.map(({ rate }) => rate),
    whole,
    ceiling,
  );
  return { pooling, points, limit, limitText: limitText(limit) };
}

function progressOf(
  runs: readonly Run[],
  rates: readonly { readonly state: string; readonly labelVersionId: string | null }[],
  wanted: number,
) {
  const counts = {
    rates: rates.length,
    ratesMade: rates.filter(({ labelVersionId }) => labelVersionId !== null).length,
    ratesFailed: countStates(rates, "failed", "cancelled"),
    runs: wanted,
    runsWaiting: wanted - runs.length,
    runsSucceeded: countStates(runs, "succeeded"),
    runsFailed: countStates(runs, "failed", "cancelled"),
  };
  const isUnderWay = countStates(rates, "queued", "running") + countStates(runs, "queued", "running") > 0;
  return { ...counts, isOver: counts.runsSucceeded === wanted || !isUnderWay };
}
