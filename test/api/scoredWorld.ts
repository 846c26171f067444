/** @file An experiment whose masks are drawn by hand: counted and measured as a trainer and a worker would. */
import { measurePrediction, profileTruth } from "@tessera/analysis/segmentation/measure";
import type { ItemCounts } from "@tessera/domain/events";
import { countedThresholds } from "@tessera/domain/measures";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { claimMeasurement, finishMeasurement, storeMeasures, unmeasuredItems } from "@tessera/store/measuringQueue";
import { plantExperiment, type World } from "./world.ts";

export const side = 16;
export type Mask = Uint8Array;

/** Rectangles [x, y, width, height] on a square of `side`. */
export function mask(...rectangles: readonly (readonly [number, number, number, number])[]): Mask {
  const drawn = new Uint8Array(side * side);
  for (const [left, top, width, height] of rectangles)
    for (let y = top; y < top + height; y++) drawn.fill(1, y * side + left, y * side + left + width);
  return drawn;
}

export interface DrawnItem {
  readonly name: string;
  readonly fold: "validation" | "test";
  /** One mask per class. */
  readonly truth: readonly Mask[];
}

export interface Drawing {
  /** Foreground at the run's threshold of 0.5: probability 0.6. */
  readonly sure: Mask;
  /** Probability 0.3. */
  readonly faint?: Mask;
}

export type Draw = (item: string, seed: number, classIndex: number) => Drawing;

export interface DrawnExperiment {
  readonly name: string;
  readonly items: readonly DrawnItem[];
  readonly arms: Readonly<Record<string, Draw>>;
  /** Of the arms, where they change something. */
  readonly changes?: Readonly<Record<string, Record<string, unknown>>>;
  readonly seeds: readonly number[];
  readonly classes?: readonly string[];
  /** Of the evaluations; the masks stay as they are. */
  readonly size?: number;
  readonly withThresholds?: boolean;
  /** Validation Dice of every run, by step. */
  readonly curve?: (
    arm: string,
    seed: number,
  ) => { readonly steps: readonly number[]; readonly values: readonly number[] };
}

/** Of every planted run, for whoever measures it. */
const drawings = new Map<string, { readonly draw: Draw; readonly items: readonly DrawnItem[] }>();

export async function plantDrawn(world: World, teamId: string, drawn: DrawnExperiment) {
  const { db } = world.database;
  const classes = drawn.classes ?? ["polyp"];
  const made = await plantExperiment(world, teamId, {
    name: drawn.name,
    seeds: drawn.seeds,
    classes,
    arms: Object.keys(drawn.arms).map((name) => ({ name, changes: drawn.changes?.[name] ?? {} })),
    items: drawn.items.map(({ name, fold, truth }) => ({
      name,
      subject: name,
      fold,
      regionPixels: truth.map((each) => (area(each) / side ** 2) * 8000),
    })),
  });
  const idOf = new Map(made.items.map((item) => [item.name, item.id]));
  const runs: { arm: string; seed: number; id: string }[] = [];
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: made.worker.id, leaseSeconds: 60 });
    if (!run) break;
    runs.push({ arm: run.arm, seed: run.seed, id: run.id });
    const draw: Draw = (item, _seed, classIndex) => drawn.arms[run.arm]!(item, run.seed, classIndex);
    drawings.set(run.id, { draw, items: drawn.items });
    const evaluation = (fold: DrawnItem["fold"]) => ({
      type: "evaluation" as const,
      fold,
      checkpointStep: 1,
      size: drawn.size ?? side,
      threshold: 0.5,
      items: drawn.items
        .filter((item) => item.fold === fold)
        .flatMap((item) =>
          item.truth.map((truth, classIndex) => ({
            itemId: idOf.get(item.name)!,
            classIndex,
            ...countsOf(truth, draw(item.name, run.seed, classIndex), drawn.withThresholds ?? false),
            predictionSha256: made.prediction,
          })),
        ),
    });
    const folds = (["validation", "test"] as const).filter((fold) => drawn.items.some((item) => item.fold === fold));
    const curve = drawn.curve?.(run.arm, run.seed);
    const points = curve === undefined ? [] : [{ type: "points" as const, series: "validation/dice", ...curve }];
    const events = [...points, ...folds.map(evaluation)];
    await ingest(db, { teamId, runId: run.id, attempt: run.attempt, sequence: 1, events });
    await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
  }

  /** Measures the team's evaluations that wait, oldest first, as a worker would; at most `most` of them. */
  const measure = async (most = Number.POSITIVE_INFINITY) => {
    for (let measured = 0; measured < most; measured++) {
      const claimed = await claimMeasurement(db, { teamId, workerId: made.worker.id, leaseSeconds: 60 });
      if (!claimed) return;
      const { evaluationId, attempt } = claimed;
      const [{ runId }] = (await world.database.owner`
        select run_id as "runId" from evaluations where id = ${evaluationId}`) as unknown as [{ runId: string }];
      const rows = await db.asTeam(teamId, (sql) => unmeasuredItems(sql, teamId, claimed));
      const measures = rows.map(({ itemId, itemName, classIndex }) => {
        const { draw, items } = drawings.get(runId)!;
        const truth = items.find((item) => item.name === itemName)!.truth[classIndex]!;
        const { sure } = draw(itemName, 0, classIndex);
        return {
          itemId,
          classIndex,
          measures: measurePrediction(truth, sure, side, side, null),
          profile: profileTruth(truth, side, side, { seed: itemName }),
        };
      });
      await storeMeasures(db, { teamId, evaluationId, attempt, profiles: measures, measures });
      await finishMeasurement(db, { teamId, evaluationId, attempt, error: null });
    }
  };
  /** Of an arm, by seed; without one, of all arms in their order. */
  const runIds = (arm?: string) =>
    Object.keys(drawn.arms).flatMap((name) =>
      arm !== undefined && arm !== name ? [] : runs.filter((run) => run.arm === name).map(({ id }) => id),
    );
  return { ...made, idOf, runIds, measure };
}

export const area = (drawn: Mask): number => drawn.reduce((sum, value) => sum + value, 0);

const both = (a: Mask, b: Mask): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function countsOf(
  truth: Mask,
  { sure, faint = sure }: Drawing,
  withThresholds: boolean,
): Omit<ItemCounts, "itemId" | "classIndex" | "predictionSha256"> {
  const shared = both(truth, sure);
  const pixels = truth.length;
  const atThreshold = (threshold: number) => {
    const wide = faint.map((value, i) => Math.max(value, sure[i]!));
    return threshold <= 0.3 ? wide : threshold <= 0.6 ? sure : new Uint8Array(pixels);
  };
  return {
    truePositives: shared,
    falsePositives: area(sure) - shared,
    falseNegatives: area(truth) - shared,
    trueNegatives: pixels - area(truth) - area(sure) + shared,
    truthComponents: 1,
    predictedComponents: 1,
    ...(withThresholds && {
      thresholdCounts: {
        thresholds: countedThresholds,
        truePositives: countedThresholds.map((threshold) => both(truth, atThreshold(threshold))),
        falsePositives: countedThresholds.map(
          (threshold) => area(atThreshold(threshold)) - both(truth, atThreshold(threshold)),
        ),
      },
    }),
  };
}
