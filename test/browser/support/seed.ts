/** @file A team's work as the dashboard would find it: data, one finished experiment, and one that runs, waits and has failed. */
import type { Objects } from "@tessera/objects/objects";
import { claimRun, endAttempt } from "@tessera/store/claims";
import type { Database } from "@tessera/store/database";
import { registerWorker } from "@tessera/store/workers";
import { openPictures } from "./pictures.ts";
import { plantData } from "./plantData.ts";
import { beginRun, finishRun, plantExperiment, type Training } from "./plantExperiment.ts";

export interface Seeded {
  readonly datasetId: string;
  readonly finishedId: string;
  readonly runningId: string;
  /** A run of the finished experiment, and the one that is under way. */
  readonly finishedRunId: string;
  readonly openRunId: string;
}

export interface SeedOptions {
  readonly db: Database;
  readonly objects: Objects;
  readonly teamId: string;
  readonly userId: string;
  readonly items?: number;
  readonly seeds?: number;
}

export async function seed({ db, objects, teamId, userId, items = 30, seeds = 5 }: SeedOptions): Promise<Seeded> {
  const pictures = openPictures(db, objects, teamId);
  try {
    const planted = await Promise.all(Array.from({ length: items }, (_, index) => pictures.plant(index)));
    const worker = await db.asTeam(teamId, (sql) =>
      registerWorker(sql, teamId, { name: "bench-1", device: "CPU, 2 threads", version: "TensorFlow 2.21.0" }),
    );
    const data = await plantData(db, teamId, worker.id, planted);
    const work: Training = { db, teamId, pictures, data };
    const claim = () => claimRun(db, { teamId, workerId: worker.id, leaseSeconds: 3600 });

    const finishedId = await plantExperiment(db, teamId, data, {
      name: "Loss with cross-entropy",
      question: "Does adding cross-entropy to soft Dice raise test Dice at the same budget?",
      seeds,
      userId,
    });
    const finishedRuns = [];
    for (let run = await claim(); run; run = await claim()) {
      finishedRuns.push(run.id);
      await finishRun(work, run);
    }

    const runningId = await plantExperiment(db, teamId, data, {
      name: "The same on three seeds",
      question: "Does the difference hold when it is run again?",
      seeds: 3,
      userId,
    });
    const [open, other, broken] = [await claim(), await claim(), await claim()];
    if (!open || !other || !broken) throw new Error("the runs that were just queued could not be claimed");
    await beginRun(work, open, 7);
    await finishRun(work, other);
    const end = { teamId, runId: broken.id, attempt: broken.attempt };
    await endAttempt(db, {
      ...end,
      outcome: "failed",
      error: "The disk is full: free 2 GB, then queue the run again.",
    });
    return { datasetId: data.datasetId, finishedId, runningId, finishedRunId: finishedRuns[0]!, openRunId: open.id };
  } finally {
    await pictures.close();
  }
}
