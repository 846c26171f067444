/** @file A classification experiment whose probabilities are chosen by hand, so that its scores are known by counting. */
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { plantExperiment, type World } from "./world.ts";

/** Of "pneumonia", the second of two exclusive classes; the last three are. The fourth item changes with the seed. */
const probabilities = {
  A: (seed: number) => [0.1, 0.39, 0.6, seed % 2 === 0 ? 0.35 : 0.05, 0.8, 0.9],
  B: (seed: number) => [0.1, 0.2, 0.3, seed % 2 === 0 ? 0.7 : 0.25, 0.8, 0.9],
} as const;

/**
 * Arms A and B over six test items, and a seventh whose class the runs were not told. By counting pairs: AUC of A is 7/9
 * for even seeds and 6/9 for odd ones, of B 1 and 8/9.
 */
export async function plantClassification(
  world: Pick<World, "database">,
  teamId: string,
  {
    name = "Which net?",
    seeds = [0, 1],
    images = [],
  }: { name?: string; seeds?: readonly number[]; images?: readonly string[] } = {},
) {
  const { db } = world.database;
  const items = Array.from({ length: 7 }, (_, i) => ({
    name: `film ${i}`,
    subject: `p${i}`,
    fold: "test" as const,
    regionPixels: [],
    ...(images[i] === undefined ? {} : { imageSha256: images[i] }),
    classValues: i < 3 || i === 6 ? ([1, 0] as const) : ([0, 1] as const),
  }));
  const arms = [
    { name: "A", changes: {} },
    { name: "B", changes: { epochs: 20 } },
  ];
  const made = await plantExperiment(world, teamId, {
    name,
    seeds,
    items,
    arms,
    classes: ["normal", "pneumonia"],
    exclusive: true,
  });
  const runIds: string[] = [];
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: made.worker.id, leaseSeconds: 60 });
    if (!run) break;
    runIds.push(run.id);
    const present = [...probabilities[run.arm as "A" | "B"](run.seed), 0.5];
    await ingest(db, {
      teamId,
      runId: run.id,
      attempt: run.attempt,
      sequence: 1,
      events: [
        { type: "points", series: "validation/auc", steps: [10, 20], values: [0.6, 0.7] },
        {
          type: "evaluation",
          fold: "test",
          checkpointStep: 20,
          size: 64,
          threshold: 0.5,
          items: [],
          predictions: made.items.map((item, i) => ({
            itemId: item.id,
            truth: i === 6 ? [null, null] : items[i]!.classValues,
            probabilities: [1 - present[i]!, present[i]!],
          })),
        },
      ],
    });
    await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
  }
  return { experimentId: made.experiment.id, runIds, itemIds: made.items.map(({ id }) => id) };
}
