/** @file A transfer study of classification whose probabilities and curves are made by formula. */
import { randomStream } from "@tessera/domain/random";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { plantExperiment, type World } from "./world.ts";

export const fractions = [0.25, 1] as const;

/** How far an arm tells the classes apart, by name and fraction. */
const distance: Readonly<Record<string, readonly [number, number]>> = {
  random: [0.5, 2],
  domain: [2, 2.1],
  other: [0.5, 2],
};

/** When an arm's curve has gone 1 - 1/e of its way, in steps. */
export const timeConstant: Readonly<Record<string, number>> = { random: 20, domain: 5, other: 20 };

/** Validation AUC: 0.5 + 0.4 (1 - exp(-step / constant)), the constant a little different for every seed. */
export function curveOf(arm: string, seed: number, curve = { steps: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100] }) {
  const constant = timeConstant[arm]! * (1 + 0.02 * seed);
  return { ...curve, values: curve.steps.map((step) => 0.5 + 0.4 * (1 - Math.exp(-step / constant))) };
}

const names = Object.keys(distance);

/** 3 starts × 2 fractions × seeds, of 16 training, 4 validation and 40 test items; the last run of `pending` stays queued. */
export async function plantTransfer(
  world: Pick<World, "database">,
  teamId: string,
  {
    startingRunId,
    weightsId,
    seeds,
    pending = 0,
  }: { startingRunId: string; weightsId: string; seeds: readonly number[]; pending?: number },
) {
  const { db } = world.database;
  const starts: Record<string, object> = {
    random: { kind: "random" },
    domain: { kind: "run", runId: startingRunId, part: "encoder" },
    other: { kind: "statistics", of: { kind: "imported", weightsId }, part: "encoder" },
  };
  const items = Array.from({ length: 60 }, (_, i) => ({
    name: `film ${String(i).padStart(2, "0")}`,
    subject: `p${i}`,
    fold: i < 16 ? ("train" as const) : i < 20 ? ("validation" as const) : ("test" as const),
    regionPixels: [],
    classValues: i % 4 === 0 ? ([0, 1] as const) : ([1, 0] as const),
  }));
  const arms = names.flatMap((name) =>
    fractions.map((fraction) => ({
      name: `${name} · ${100 * fraction} %`,
      changes: { startingWeights: starts[name], trainingFraction: fraction, stepsPerEpoch: 10, epochs: 10 },
    })),
  );
  const classes = ["normal", "pneumonia"];
  const made = await plantExperiment(world, teamId, { name: "Transfer", seeds, items, arms, classes, exclusive: true });
  const total = arms.length * seeds.length;
  const runs: { id: string; arm: string; seed: number }[] = [];
  for (let left = total; left > pending; left--) {
    const run = (await claimRun(db, { teamId, workerId: made.worker.id, leaseSeconds: 60 }))!;
    runs.push({ id: run.id, arm: run.arm, seed: run.seed });
    const [name, percent] = run.arm.split(" · ") as [string, string];
    const apart = distance[name]![percent === "25 %" ? 0 : 1];
    const random = randomStream("planted", name, percent, run.seed);
    const predictions = made.items.slice(20).map((item, i) => {
      const score = apart * items[20 + i]!.classValues[1] + random.normal();
      const present = Math.fround(1 / (1 + Math.exp(-score)));
      return { itemId: item.id, truth: items[20 + i]!.classValues, probabilities: [1 - present, present] };
    });
    const at = { teamId, runId: run.id, attempt: run.attempt };
    await ingest(db, {
      ...at,
      sequence: 1,
      events: [
        { type: "points", series: "validation/auc", ...curveOf(name, run.seed) },
        { type: "evaluation", fold: "test", checkpointStep: 100, size: 64, threshold: 0.5, items: [], predictions },
      ],
    });
    await endAttempt(db, { ...at, outcome: "succeeded" });
  }
  return { ...made, runs };
}
