/** @file From what was read to the board: cells, gaps, closing, sentences. */
import { type Cell, compareCells, summarizeCell } from "@tessera/analysis/transfer/cells";
import { closing } from "@tessera/analysis/transfer/closing";
import { learningCurve } from "@tessera/analysis/transfer/learningCurve";
import { armSentence, boardSentence, type SaidArm } from "@tessera/analysis/transfer/sentences";
import { type SpeedArm, speedGap } from "@tessera/analysis/transfer/speedGap";
import { commonTarget, type Reached, stepsToTarget } from "@tessera/analysis/transfer/target";
import { withChanges } from "@tessera/domain/configuration/grid";
import { completeRun, type RunConfiguration } from "@tessera/domain/configuration/run";
import { epochSteps } from "@tessera/domain/configuration/training";
import type { TransferStudy, TransferStudyArm } from "@tessera/domain/study/transferStudy";
import { type Fold, runStates } from "@tessera/domain/words";
import type { ExperimentExtension } from "@tessera/store/experimentExtensions";
import type { Experiment } from "@tessera/store/experiments";
import { differenceOf, level, progressOf } from "../comparison/difference.ts";
import type { RunStateCounts } from "../experiments/runStateCounts.type.ts";
import type { BoardMetric } from "./boardMetric.ts";
import { boardNotes } from "./boardNotes.ts";
import type { Pretraining } from "./pretraining.type.ts";
import type { ReadStudy, StudyRun } from "./readStudy.ts";
import type { SpeedGap } from "./speedGap.type.ts";
import type { TransferArm } from "./transferArm.type.ts";
import type { TransferBoard } from "./transferBoard.type.ts";
import type { TransferCell } from "./transferCell.type.ts";

export interface BoardInput {
  readonly experiment: Experiment;
  readonly study: TransferStudy;
  readonly fold: Fold;
  readonly metric: BoardMetric;
  readonly read: ReadStudy;
  /** In the order of the study's arms. */
  readonly pretraining: readonly Pretraining[];
  readonly extensions: readonly ExperimentExtension[];
}

/** One arm at one fraction, with what its gaps are made of. */
interface CellParts {
  readonly fraction: number;
  readonly arm: string;
  readonly runs: readonly StudyRun[];
  readonly scored: Cell;
  readonly speed: SpeedArm;
  readonly target: number | null;
}

export function assembleBoard(input: BoardInput): TransferBoard {
  const { experiment, study, fold, metric, read } = input;
  const delta = metric.isHeadline ? experiment.equivalenceMargin : null;
  const told = { reference: study.reference, delta };
  const [reference, ...others] = study.arms.map((arm) => cellsOf(arm, input)) as [CellParts[], ...CellParts[][]];
  const arms = [reference, ...others].map((cells, place) => assembleArm(cells, place, { ...input, reference, delta }));
  const said = arms.slice(1).map(saidOf);
  return {
    fold,
    metric: metric.shown,
    chance: read.chance.value,
    chanceText: read.chance.text,
    series: read.series,
    seriesChance: read.seriesChance,
    reference: study.reference,
    fractions: study.fractions,
    equivalenceMargin: delta,
    arms: arms.map((arm, place) => ({ ...arm, verdict: place === 0 ? null : armSentence(said[place - 1]!, told) })),
    verdict: boardSentence(said, told),
    notes: boardNotes({
      budgets: arms.flatMap(({ cells }) => cells.map(({ budget }) => budget)),
      extensions: input.extensions,
      gaps: said.flatMap(({ gaps }) => gaps).length,
    }),
  };
}

function cellsOf(arm: TransferStudyArm, { study, read }: BoardInput): CellParts[] {
  const [random] = study.arms;
  return arm.cells.map(({ fraction, arm: name }) => {
    const runs = runsOf(read, name);
    const chance = read.seriesChance;
    const ofReference = random!.cells.find((cell) => cell.fraction === fraction)?.arm;
    const curves = ofReference === undefined ? [] : succeededCurves(runsOf(read, ofReference));
    const target = chance === null ? null : commonTarget(curves, chance);
    const reached =
      target === null || chance === null
        ? []
        : succeededCurves(runs).flatMap((curve) => stepsToTarget(curve, target, chance) ?? []);
    const scores = runs.flatMap(({ run, scores: of }) => (of === null ? [] : [{ seed: run.seed, ...of }]));
    return {
      fraction,
      arm: name,
      runs,
      scored: { name: arm.name, runs: scores },
      speed: { name: arm.name, runs: reached },
      target,
    };
  });
}

const runsOf = ({ runsOfArm }: ReadStudy, arm: string): readonly StudyRun[] =>
  (runsOfArm.get(arm) ?? []).toSorted((a, b) => a.run.seed - b.run.seed);

/** A run that has not ended may still reach the target, and what failed never had the chance to. */
const succeededCurves = (runs: readonly StudyRun[]) =>
  runs.flatMap(({ run, curve }) => (run.state === "succeeded" && curve !== null ? [curve] : []));

interface ArmContext extends BoardInput {
  readonly reference: readonly CellParts[];
  readonly delta: number | null;
}

function assembleArm(cells: readonly CellParts[], place: number, context: ArmContext): TransferArm {
  const { study, reference, delta, metric, pretraining } = context;
  const { name, startingWeights } = study.arms[place]!;
  const shown = cells.map((cell) => {
    const other = place === 0 ? undefined : reference.find(({ fraction }) => fraction === cell.fraction);
    return assembleCell(cell, other ?? null, context);
  });
  const gaps = shown.flatMap(({ fraction, finalGap }) => {
    if (finalGap === null) return [];
    const { verdict, low, high } = finalGap;
    return [{ fraction, verdict, low, high }];
  });
  return {
    name,
    startingWeights: startingWeights as Record<string, unknown>,
    cells: shown,
    closing: place === 0 ? null : closing(gaps, metric.shown.higherIsBetter ? delta : null),
    pretraining: pretraining[place]!,
    verdict: null,
  };
}

/** @param other the reference's cell at this fraction; null: this is the reference, or it has none */
function assembleCell(cell: CellParts, other: CellParts | null, context: ArmContext): TransferCell {
  const { experiment, metric, read, delta } = context;
  const { fraction, arm, runs, scored, speed, target } = cell;
  const { perSeed, low, high, ...summary } = summarizeCell(scored);
  const ofSeed = new Map(runs.map(({ run }) => [run.seed, run.id]));
  const changes = experiment.arms.find(({ name }) => name === arm)!.changes;
  const configuration = completeRun(withChanges(experiment.base, changes)) as RunConfiguration;
  const sizes = experiment.seeds.map((seed) => read.parts.sizeOf({ seed, fraction }));
  const items = sizes.map((size) => size.items);
  const trainItems = Math.round(items.reduce((sum, each) => sum + each, 0) / items.length);
  const times = runs.flatMap(({ run, seconds }) => (run.state === "succeeded" && seconds !== null ? [seconds] : []));
  const progress = progressOf([...runs, ...(other?.runs ?? [])].map(({ run }) => run.state));
  const compared =
    other &&
    compareCells(other.scored, scored, {
      ...{ delta, runs: progress, higherIsBetter: metric.shown.higherIsBetter },
    });
  return {
    fraction,
    arm,
    trainItems,
    leastTrainItems: Math.min(...items),
    mostTrainItems: Math.max(...items),
    trainSubjects: sizes[0]!.subjects,
    budget: configuration.epochs * epochSteps(trainItems, configuration),
    secondsPerRun: times.length === 0 ? null : times.reduce((sum, each) => sum + each, 0) / times.length,
    runStates: stateCounts(runs),
    score: { arm, ...summary, perSeed: perSeed.map((each) => ({ ...each, runId: ofSeed.get(each.seed)! })) },
    low,
    high,
    finalGap: compared && differenceOf(compared),
    target,
    stepsToTarget: speed.runs.map((reached: Reached) => ({ ...reached, runId: ofSeed.get(reached.seed)! })),
    speedGap: other && speedOf(other.speed, speed, progress),
    curve: learningCurve(runs.flatMap(({ curve }) => curve ?? [])),
  };
}

function speedOf(reference: SpeedArm, arm: SpeedArm, runs: ReturnType<typeof progressOf>): SpeedGap {
  const seeds = new Set(reference.runs.map(({ seed }) => seed));
  if (arm.runs.some(({ seed }) => seeds.has(seed))) return { level, ...speedGap(reference, arm, { runs }) };
  return { ...noSpeed, reason: "No comparison: there is no target, or no seed of which both arms have a curve." };
}

const noSpeed: Omit<SpeedGap, "reason"> = {
  ...{ ratio: null, low: null, high: null, atLeast: null, atMost: null, level },
  ...{ seeds: 0, reached: 0, reachedByReference: 0, verdict: null, detectable: null },
};

const stateCounts = (runs: readonly StudyRun[]): RunStateCounts =>
  Object.fromEntries(
    runStates.map((state) => [state, runs.filter(({ run }) => run.state === state).length]),
  ) as unknown as RunStateCounts;

function saidOf({ name, cells }: TransferArm): SaidArm {
  return {
    name,
    gaps: cells.flatMap(({ fraction, finalGap }) => (finalGap === null ? [] : [{ fraction, ...finalGap }])),
    speeds: cells.flatMap(({ fraction, speedGap: gap }) =>
      gap === null ? [] : [{ fraction, ...gap, estimate: gap.ratio }],
    ),
  };
}
