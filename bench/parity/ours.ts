/** @file The product's side: its trainer child, as a worker starts it, with objects and prepared items of its own. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PixelCounts } from "@tessera/analysis/dice";
import type { TrainerEvent } from "@tessera/domain/events";
import { folds } from "@tessera/domain/words";
import { openObjects } from "@tessera/objects/localObjects";
import { explainEnd } from "@tessera/worker/explainEnd";
import type { FromTrainer, JobItem } from "@tessera/worker/trainer/protocol";
import { startTrainer } from "@tessera/worker/trainerProcess";
import type { FoldedItems } from "./items.ts";
import { Marks, type Run, type RunOptions, runOf } from "./run.ts";

const teamId = "00000000-0000-4000-8000-000000000000";

/** Keeps the files as an import does, but untouched: both sides decode the same bytes. @returns what a job names them by */
export async function storeItems(items: FoldedItems, objectsDirectory: string): Promise<JobItem[]> {
  const objects = openObjects({ directory: objectsDirectory });
  const put = async (path: string) => (await objects.put(teamId, await readFile(path))).sha256;
  const stored: JobItem[] = [];
  for (const fold of folds) {
    for (const { name, image, mask } of items[fold]) {
      stored.push({ itemId: name, sha256: await put(image), maskSha256: await put(mask), fold });
    }
  }
  return stored;
}

/** A whole run, nothing prepared before. @throws Error that says how the trainer ended */
export async function trainOurs(
  { configuration, seed, work }: RunOptions,
  items: readonly JobItem[],
  objectsDirectory: string,
): Promise<Run> {
  const preparedDirectory = join(work, "prepared");
  const marks = new Marks();
  const losses: number[] = [];
  const waits = { stepMs: 0, waitMs: 0 };
  const counts = new Map<string, PixelCounts>();
  const written: string[] = [];
  let problem: string | null = null;

  const onEvent = (event: TrainerEvent): void => {
    const now = performance.now();
    if (event.type === "progress") {
      if (event.phase === "preparing" && marks.ready === 0) marks.ready = now;
      if (event.phase === "training" && marks.training === 0) marks.training = now;
    } else if (event.type === "points") {
      if (event.series === "train/loss") losses.push(...event.values);
      for (const part of ["stepMs", "waitMs"] as const) {
        if (event.series === `system/${part}`) waits[part] += event.values.reduce((sum, value) => sum + value, 0);
      }
    } else if (event.type === "checkpoint" && event.kind === "latest") marks.epochs.push(now);
    else if (event.type === "evaluation" && event.fold === "test") {
      marks.end = now;
      for (const item of event.items) counts.set(item.itemId, item);
    }
  };
  const onMessage = (message: FromTrainer): void => {
    if (message.type === "failed") problem = message.error;
    if (message.type !== "events") return;
    written.push(...message.blobs.map(({ sha256 }) => sha256));
    message.events.forEach(onEvent);
    trainer.send({ type: "acknowledged", id: message.id });
  };
  const trainer = startTrainer(
    {
      teamId,
      runId: teamId,
      attempt: 1,
      seed,
      configuration,
      items,
      classes: 1,
      exclusive: false,
      startingSha256: null,
      resumeSha256: null,
      scored: [],
      objectsDirectory,
      preparedDirectory,
      maxThreads: null,
      checkpointEverySteps: null,
    },
    onMessage,
  );
  const end = await trainer.gone;
  await rm(preparedDirectory, { recursive: true, force: true });
  const objects = openObjects({ directory: objectsDirectory });
  for (const sha256 of written) await objects.remove(teamId, sha256);
  if (problem !== null || marks.end === 0) throw new Error(problem ?? explainEnd(end));
  return runOf(seed, marks, losses, counts, waits.waitMs / (waits.waitMs + waits.stepMs));
}
