/** @file One kind of noise of a study: curves on the labels without noise, and the grid of training × evaluation noise. */

import { areaUnder, compareAreas } from "@tessera/analysis/robustness/area";
import { breakdownOf, compareBreakdowns } from "@tessera/analysis/robustness/breakdown";
import { correctedAuc } from "@tessera/analysis/robustness/correctedAuc";
import { type NoiseCell, type SeedCurves, seedCurves } from "@tessera/analysis/robustness/curve";
import { rankSwaps } from "@tessera/analysis/robustness/grid";
import { meanAndSd } from "@tessera/analysis/summary";
import { type CellRun, summarizeCell } from "@tessera/analysis/transfer/cells";
import { DomainError } from "@tessera/domain/errors";
import { effectiveRate } from "@tessera/domain/noise/effectiveRate";
import { levelUnits } from "@tessera/domain/study/noiseFamily";
import { type NoiseArm, type NoiseChoice, type NoiseDesign, noiseArms } from "@tessera/domain/study/noiseStudy";
import type { Experiment } from "@tessera/store/experiments";
import type { NoiseStudyVersion } from "@tessera/store/noiseStudies";
import { tableOfEvaluation } from "../classification/tableOfEvaluation.ts";
import { differenceOf } from "../comparison/difference.ts";
import type { Context } from "../context.ts";
import type { BoardMetric } from "../transferStudies/boardMetric.ts";
import type { NoiseCurve, NoisePoint } from "./noiseCurve.type.ts";
import type { NoiseGridCell } from "./noiseGrid.type.ts";
import type { StudiedNoise } from "./noiseStudyBoard.type.ts";
import { pendingOf } from "./progress.ts";
import type { ReadStudy, StudyRun } from "./readStudy.ts";

export interface NoiseInput {
  readonly experiment: Experiment;
  readonly design: NoiseDesign;
  readonly metric: BoardMetric;
  readonly read: ReadStudy;
  readonly delta: number | null;
  /** Of the label version. */
  readonly schema: { readonly classes: readonly string[]; readonly exclusive: boolean | null };
}

/** Share of labels that are another; before the version is made what the model says, null where it does not. */
export function rateOf({ result }: Pick<NoiseStudyVersion, "result">, kind: string, level: number, options: number) {
  const noise = result?.noise;
  if (noise) return noise.labels === 0 ? null : noise.changed / noise.labels;
  return kind === "symmetric" ? effectiveRate(level, options) : null;
}

const classKinds = ["symmetric", "asymmetric", "instanceDependent"];

export async function assembleNoise(context: Context, noise: NoiseChoice, input: NoiseInput): Promise<StudiedNoise> {
  const { design, schema, read } = input;
  const { name, model, trainingLevels, evaluationLevels } = noise;
  const onEffectiveRate = classKinds.includes(model.kind);
  const versionOf = (level: number) => read.versions.find((each) => each.noise === name && each.level === level);
  const options = schema.exclusive ? schema.classes.length : 2;
  const placeOf = (level: number): number | null => {
    if (level === 0 || !onEffectiveRate) return level;
    const version = versionOf(level);
    return version ? rateOf(version, model.kind, level, options) : null;
  };
  const arms = noiseArms(design).filter((arm) => arm.noise === null || arm.noise === name);
  const training = [0, ...trainingLevels];
  const evaluation = [0, ...evaluationLevels];
  const curves = design.methods.map(({ name: method }) => {
    const of = training.map((level) => arms.find((arm) => arm.method === method && arm.level === level)!);
    return curveOf(method, of, placeOf, input);
  });
  const grid = await Promise.all(
    arms.flatMap((arm) =>
      evaluation.map((level) => gridCell(context, { noise, arm, level, version: versionOf(level) }, input)),
    ),
  );
  const { higherIsBetter } = input.metric.shown;
  const runs = pendingOf(arms.map((arm) => arm.name), read); // biome-ignore format: short
  return {
    ...{ name, kind: model.kind, onEffectiveRate, trainingLevels: training, evaluationLevels: evaluation },
    unit: levelUnits[model.kind as keyof typeof levelUnits],
    curves: curves.map((curve) => assembleCurve(curve, curves[0]!, input)),
    grid: grid.map(({ cell }) => cell),
    swaps: rankSwaps(grid.map(({ cell, runs: of }) => ({ ...cell, runs: of })), { higherIsBetter, runs }), // biome-ignore format: short
  };
}

interface CurveParts {
  readonly method: string;
  readonly arms: readonly NoiseArm[];
  readonly cells: readonly NoiseCell[];
  /** Null before all is known. */
  readonly seeds: SeedCurves | null;
}

function curveOf(
  method: string,
  arms: readonly NoiseArm[],
  placeOf: (level: number) => number | null,
  { read, experiment }: NoiseInput,
): CurveParts {
  const cells = arms.map(({ name, level }) => ({
    ...{ level, x: placeOf(level) },
    runs: scoresOn(runsOf(read, name), experiment.labelVersionId),
  }));
  return { method, arms, cells, seeds: seedsOf({ name: method, cells }) };
}

/** Null too where no item is scored in every run. */
function seedsOf(curve: { readonly name: string; readonly cells: readonly NoiseCell[] }): SeedCurves | null {
  try {
    const curves = seedCurves(curve);
    // noise may change no label at all, and two levels may come to one effective rate
    return curves?.x.every((at, i) => i === 0 || at > curves.x[i - 1]!) ? curves : null;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "BAD_INPUT") throw error;
    return null;
  }
}

const runsOf = ({ runsOfArm }: ReadStudy, arm: string): readonly StudyRun[] =>
  (runsOfArm.get(arm) ?? []).toSorted((a, b) => a.run.seed - b.run.seed);

const scoresOn = (runs: readonly StudyRun[], labelVersionId: string): CellRun[] =>
  runs.flatMap(({ run, scores }) => {
    const of = scores.get(labelVersionId);
    return of ? [{ seed: run.seed, ...of }] : [];
  });

function assembleCurve(curve: CurveParts, reference: CurveParts, { read, metric, delta }: NoiseInput): NoiseCurve {
  const { method, arms, cells, seeds } = curve;
  const isReference = curve === reference;
  const { higherIsBetter } = metric.shown;
  const runs = pendingOf([...arms, ...reference.arms].map(({ name }) => name), read); // biome-ignore format: short
  const area = seeds && areaUnder(seeds);
  const chance = higherIsBetter ? read.chance.value : null;
  return {
    method,
    points: cells.map((cell, place) => pointOf(cell, arms[place]!.name, read)),
    area: area && { mean: area.mean, sd: area.sd, low: area.low, high: area.high, seeds: area.seeds, items: area.n },
    areaDifference: isReference
      ? null
      : differenceOf(asDifference(compareAreas(reference.seeds, seeds, { delta, runs, higherIsBetter }))),
    breakdown: seeds && breakdownOf(seeds, chance),
    breakdownDifference: isReference
      ? null
      : differenceOf(asDifference(compareBreakdowns(reference.seeds, seeds, chance, runs))),
  };
}

/** No item is left out of a value of a whole run. */
const asDifference = (difference: ReturnType<typeof compareAreas>) =>
  difference.compared === null
    ? { compared: null, reason: difference.reason }
    : { compared: { itemsLeftOut: 0, ...difference.compared }, reason: difference.reason };

function pointOf({ level, x, runs }: NoiseCell, arm: string, read: ReadStudy): NoisePoint {
  const { perSeed, low, high, ...summary } = summarizeCell({ name: arm, runs });
  const idOf = new Map(runsOf(read, arm).map(({ run }) => [run.seed, run.id]));
  const score = { arm, ...summary, perSeed: perSeed.map((each) => ({ ...each, runId: idOf.get(each.seed)! })) };
  return { level, x, arm, score, low, high };
}

interface CellPlace {
  readonly noise: NoiseChoice;
  readonly arm: NoiseArm;
  /** Of evaluation. */
  readonly level: number;
  /** Undefined: no noise. */
  readonly version: NoiseStudyVersion | undefined;
}

async function gridCell(
  context: Context,
  { noise, arm, level, version }: CellPlace,
  { read, experiment, metric }: NoiseInput,
): Promise<{ cell: NoiseGridCell; runs: CellRun[] }> {
  const labels = level === 0 ? experiment.labelVersionId : (version?.labelVersionId ?? null);
  const studied = runsOf(read, arm.name);
  const runs = labels === null ? [] : scoresOn(studied, labels);
  const { mean, sd, seeds, items } = summarizeCell({ name: arm.method, runs });
  const correctable = noise.model.kind === "symmetric" && metric.shown.name === "auc" && level > 0;
  const corrected = correctable && labels !== null ? await correctedMean(context, studied, labels, level) : null;
  return {
    cell: { method: arm.method, trainingLevel: arm.level, evaluationLevel: level, mean, sd, seeds, items, corrected },
    runs,
  };
}

async function correctedMean({ loaders }: Context, runs: readonly StudyRun[], labels: string, rate: number) {
  const evaluations = runs.flatMap(({ evaluations: of }) => of.get(labels) ?? []);
  const tables = await Promise.all(evaluations.map((each) => tableOfEvaluation(loaders, each)));
  return meanAndSd(tables.flatMap((table) => correctedAuc(table, rate) ?? [])).mean;
}
