/** @file An experiment of two losses, and runs of it that look like trained ones. */
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { TrainerEvent } from "@tessera/domain/events";
import { randomStream } from "@tessera/domain/random";
import { type ClaimedRun, endAttempt, ingest } from "@tessera/store/claims";
import type { Database } from "@tessera/store/database";
import { createExperiment } from "@tessera/store/experiments";
import { counts, type Pictures, shifted, side } from "./pictures.ts";
import type { PlantedData, PlantedItem } from "./plantData.ts";

export const epochs = 12;
const stepsPerEpoch = 20;

export interface PlantedExperiment {
  readonly name: string;
  readonly question: string;
  readonly seeds: number;
  readonly userId: string;
  readonly arms?: readonly { readonly name: string; readonly changes: Readonly<Record<string, unknown>> }[];
}

const twoLosses = [
  { name: "soft Dice", changes: { loss: "softDice" } },
  { name: "Dice + CE", changes: { loss: "softDiceCrossEntropy" } },
];

export function plantExperiment(
  db: Database,
  teamId: string,
  data: PlantedData,
  { name, question, seeds, userId, arms = twoLosses }: PlantedExperiment,
): Promise<string> {
  const list = Array.from({ length: seeds }, (_, i) => i + 1);
  const base = { ...segmentationDefaults, epochs };
  const runs = arms.flatMap((arm) =>
    list.map((seed) => ({
      arm: arm.name,
      seed,
      configuration: { ...base, ...arm.changes },
      startingRunId: null,
      name: `${arm.name} ${seed}`,
    })),
  );
  return db.asTeam(teamId, async (sql) => {
    const { projectId, datasetId, labelVersionId, splitId } = data;
    const experiment = await createExperiment(sql, teamId, {
      ...{ projectId, datasetId, labelVersionId, splitId },
      ...{ name, question, base, arms, seeds: list, runs },
      equivalenceMargin: 0.02,
      createdBy: userId,
      codeCommit: "0123456789abcdef0123456789abcdef01234567",
    });
    return experiment.id;
  });
}

export interface Training {
  readonly db: Database;
  readonly teamId: string;
  readonly pictures: Pictures;
  readonly data: PlantedData;
}

/** Events of the first `until` epochs of a run; the last loss of the first epoch is not a number. */
async function trainingEvents({ pictures, data }: Training, run: ClaimedRun, until: number): Promise<TrainerEvent[]> {
  const noise = randomStream(run.seed, run.arm, "curves");
  const gain = run.arm === "soft Dice" ? 0 : 0.05;
  const best = 0.78 + gain + 0.012 * noise.normal();
  const steps = Array.from({ length: until * stepsPerEpoch }, (_, i) => i + 1);
  const ends = Array.from({ length: until }, (_, i) => (i + 1) * stepsPerEpoch);
  const grown = (step: number) => best * (1 - Math.exp(-step / 70));
  const dice = ends.map((step) => grown(step) + 0.012 * noise.normal());
  const points = (series: string, at: number[], value: (step: number) => number): TrainerEvent => ({
    type: "points",
    series,
    steps: at,
    values: at.map(value),
  });
  const events: TrainerEvent[] = [
    { type: "progress", phase: "training", step: until * stepsPerEpoch, totalSteps: epochs * stepsPerEpoch },
    points("train/loss", steps, (step) => (step === 20 ? Number.NaN : 1.25 - grown(step) + 0.06 * noise.normal())),
    points("train/epochLoss", ends, (step) => 1.25 - grown(step)),
    points("validation/loss", ends, (step) => 1.3 - grown(step) + 0.02 * noise.normal()),
    { type: "points", series: "validation/dice", steps: ends, values: dice },
    points(
      "schedule/learningRate",
      ends,
      (step) => 0.0005 * (1 + Math.cos((Math.PI * step) / (epochs * stepsPerEpoch))),
    ),
    points("system/stepMs", ends, () => 180 + 6 * noise.normal()),
    points("system/waitMs", ends, () => 9 + Math.abs(2 * noise.normal())),
    points("system/peakBytes", ends, () => 1_570_000_000),
    {
      type: "log",
      level: "info",
      message: `${data.validation.length} validation items, ${stepsPerEpoch} steps per epoch`,
    },
    { type: "log", level: "warning", message: "loss was not a number at step 20; the step was skipped" },
  ];
  for (let epoch = 1; epoch <= until; epoch += 3) {
    const step = epoch * stepsPerEpoch;
    const error = Math.round(26 * Math.exp(-epoch / 4)) + 2;
    for (const item of data.validation.slice(0, 4)) {
      const mask = shifted(item.picture.mask, error, Math.round(error / 2));
      const sha256 = await pictures.storeMask(mask);
      events.push({ type: "sample", epoch, step, itemId: item.id, sha256, dice: diceOf(item, mask) });
    }
  }
  const sha256 = await pictures.storeMask(new Uint8Array(side * side)); // stands for the weights
  const last = { step: until * stepsPerEpoch, epoch: until, sha256 };
  events.push({ type: "checkpoint", kind: "latest", ...last, validationScore: dice.at(-1) ?? null });
  events.push({ type: "checkpoint", kind: "best", ...last, validationScore: dice.at(-1) ?? null });
  return events;
}

function diceOf(item: PlantedItem, predicted: Uint8Array): number | null {
  const { truePositives, falsePositives, falseNegatives } = counts(item.picture.mask, predicted);
  const size = 2 * truePositives + falsePositives + falseNegatives;
  return size > 0 ? (2 * truePositives) / size : null;
}

/** A whole run: all epochs, then the test fold. The arm with cross-entropy errs by fewer pixels. */
export async function finishRun(work: Training, run: ClaimedRun): Promise<void> {
  const { db, teamId, pictures, data } = work;
  const noise = randomStream(run.seed, run.arm, "predictions");
  const reach = run.arm === "soft Dice" ? 7 : 5;
  const items = [];
  for (const item of data.test) {
    const mask = shifted(
      item.picture.mask,
      Math.round(reach * noise.uniform() + 1),
      Math.round(reach * noise.uniform()),
    );
    items.push({
      itemId: item.id,
      classIndex: 0,
      ...counts(item.picture.mask, mask),
      truthComponents: 1,
      predictedComponents: 1,
      predictionSha256: await pictures.storeMask(mask),
    });
  }
  const mine = { teamId, runId: run.id, attempt: run.attempt };
  const evaluation = { checkpointStep: epochs * stepsPerEpoch, size: side, threshold: 0.5, items };
  const events = await trainingEvents(work, run, epochs);
  await ingest(db, { ...mine, sequence: 1, events: [...events, { type: "evaluation", fold: "test", ...evaluation }] });
  await endAttempt(db, { ...mine, outcome: "succeeded" });
}

/** The first `until` epochs; the run stays claimed. */
export async function beginRun(work: Training, run: ClaimedRun, until: number): Promise<void> {
  const events = await trainingEvents(work, run, until);
  await ingest(work.db, { teamId: work.teamId, runId: run.id, attempt: run.attempt, sequence: 1, events });
}
