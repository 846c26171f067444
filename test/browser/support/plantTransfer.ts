/**
 * @file A transfer study whose curves and probabilities are drawn from a key: starting from imported weights helps at small shares of
 * the data and always learns faster; their statistics change little, and one of their runs at the smallest share never gets there.
 */
import type { ClassValues } from "@tessera/domain/classValues";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import type { TrainerEvent } from "@tessera/domain/events";
import { randomStream } from "@tessera/domain/random";
import { transferStudyGrid } from "@tessera/domain/study/transferStudy";
import { putBlob } from "@tessera/store/blobs";
import { type ClaimedRun, claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { insertWeights } from "@tessera/store/weights";
import { plantExperiment, sha, type World } from "../../api/world.ts";

export const transferFractions = [0.05, 0.25, 1] as const;
const epochs = 12;
const stepsPerEpoch = 20;

/** How far apart the classes are at each share, and the steps in which that is learnt. */
const planted: Readonly<Record<string, { readonly signals: readonly number[]; readonly time: number }>> = {
  random: { signals: [0.7, 1.7, 3], time: 60 },
  ImageNet: { signals: [2, 2.6, 3.02], time: 18 },
  "statistics of ImageNet": { signals: [0.75, 1.75, 2.95], time: 48 },
};

export interface TransferOptions {
  readonly name?: string;
  readonly seeds?: readonly number[];
  /** Of the team; for the arms that do not start at random. */
  readonly weightsId: string;
  /** Runs that end; the others stay queued. */
  readonly ended?: number;
  /** A run that fails. */
  readonly failed?: { readonly arm: string; readonly seed: number };
  readonly images?: readonly string[];
}

/** A MobileNetV1 as an import would have listed it, of two classes; its file is a name only. */
export async function plantWeights(
  { database: { db, userId } }: Pick<World, "database">,
  teamId: string,
): Promise<string> {
  const row = await db.asTeam(teamId, async (sql) => {
    const files = { sha256: sha("weights"), graphSha256: sha("graph") };
    for (const sha256 of Object.values(files))
      await putBlob(sql, teamId, { sha256, size: 1, mediaType: "application/json" });
    const model = { family: "mobilenetV1", size: 64, alpha: 0.25, classes: 2, layers: [] } as const;
    const report = { loaded: [], adapted: [], skipped: [], deadFilters: [] };
    const words = { name: "ImageNet MobileNetV1", source: "invented" };
    return insertWeights(sql, teamId, { ...words, model, ...files, report, createdBy: userId });
  });
  return row.id;
}

/** 3 starts × 3 shares × seeds on 40 training, 10 validation and 30 test items of two exclusive classes. */
export async function plantTransfer(world: Pick<World, "database">, teamId: string, options: TransferOptions) {
  const {
    name = "Does ImageNet help?",
    seeds = [1, 2, 3, 4, 5],
    weightsId,
    ended = Infinity,
    failed,
    images = [],
  } = options;
  const { db } = world.database;
  const imported = { kind: "imported", weightsId } as const;
  const arms = transferStudyGrid({
    arms: [
      { name: "random", startingWeights: { kind: "random" } },
      { name: "ImageNet", startingWeights: { ...imported, part: "encoder" } },
      { name: "statistics of ImageNet", startingWeights: { kind: "statistics", of: imported, part: "encoder" } },
    ],
    fractions: [...transferFractions],
  });
  const items = Array.from({ length: 80 }, (_, i) => ({
    name: `film ${String(i).padStart(2, "0")}`,
    subject: `p${i}`,
    fold: i < 40 ? ("train" as const) : i < 50 ? ("validation" as const) : ("test" as const),
    regionPixels: [],
    ...(images.length === 0 ? {} : { imageSha256: images[i % images.length] }),
    classValues: (i % 2 === 0 ? [1, 0] : [0, 1]) satisfies ClassValues,
  }));
  const made = await plantExperiment(world, teamId, {
    ...{ name, seeds, items, arms, classes: ["normal", "pneumonia"], exclusive: true },
    base: {
      ...classificationDefaults,
      model: { family: "mobilenetV1", size: 64, alpha: 0.25 },
      ...{ epochs, stepsPerEpoch },
    },
  });
  const truths = items.slice(50).map(({ classValues }) => classValues);
  for (let left = ended; left > 0; left--) {
    const run = await claimRun(db, { teamId, workerId: made.worker.id, leaseSeconds: 60 });
    if (!run) break;
    const mine = { teamId, runId: run.id, attempt: run.attempt };
    const isFailed = run.arm === failed?.arm && run.seed === failed.seed;
    const test = { itemIds: made.items.slice(50).map(({ id }) => id), truths };
    const events = trained(run, made.prediction);
    await ingest(db, { ...mine, sequence: 1, events: isFailed ? events.slice(0, 2) : [...events, scored(run, test)] });
    const error = "The disk is full: free 2 GB, then queue the run again.";
    await endAttempt(db, { ...mine, ...(isFailed ? { outcome: "failed", error } : { outcome: "succeeded" }) });
  }
  return { experimentId: made.experiment.id };
}

function cellOf({ arm, seed }: ClaimedRun) {
  const at = transferFractions.findIndex((fraction) => arm.endsWith(` · ${fraction * 100} %`));
  const start = arm.slice(0, arm.lastIndexOf(" · "));
  const { signals, time } = planted[start]!;
  const slow = at === 0 && start.startsWith("statistics") && seed === 2 ? 0.5 : 1;
  return { signal: signals[at]! * slow, time };
}

/** AUC on validation grows toward what the signal gives. */
function trained(run: ClaimedRun, weightsSha256: string): TrainerEvent[] {
  const { signal, time } = cellOf(run);
  const noise = randomStream(run.seed, run.arm, "curve");
  const final = 1 - 0.5 * Math.exp(-signal / 1.6) + 0.002 * noise.normal();
  const steps = Array.from({ length: epochs }, (_, i) => (i + 1) * stepsPerEpoch);
  const values = steps.map((step) => 0.5 + (final - 0.5) * (1 - Math.exp(-step / time)) + 0.002 * noise.normal());
  const last = {
    step: epochs * stepsPerEpoch,
    epoch: epochs,
    sha256: weightsSha256,
    validationScore: Math.max(...values),
  };
  return [
    { type: "progress", phase: "training", step: last.step, totalSteps: last.step },
    { type: "points", series: "validation/auc", steps, values },
    { type: "checkpoint", kind: "best", ...last },
    { type: "checkpoint", kind: "latest", ...last },
  ];
}

interface Test {
  readonly itemIds: readonly string[];
  readonly truths: readonly ClassValues[];
}

/** The second class is as probable as the signal lifts it over noise that is the item's own, and a little of the run's. */
function scored(run: ClaimedRun, { itemIds, truths }: Test): TrainerEvent {
  const { signal } = cellOf(run);
  const noise = randomStream(run.seed, run.arm, "predictions");
  const predictions = itemIds.map((itemId, i) => {
    const own = randomStream(i, "item").normal();
    const present = 1 / (1 + Math.exp(-(signal * (truths[i]![1] === 1 ? 0.5 : -0.5) + own + 0.25 * noise.normal())));
    return { itemId, truth: truths[i]!, probabilities: [1 - present, present] };
  });
  const at = { checkpointStep: epochs * stepsPerEpoch, size: 64, threshold: 0.5 };
  return { type: "evaluation", fold: "test", ...at, items: [], predictions };
}
