/** @file One run in this process: its items, its training, its evaluation. Told when to halt; tells what happens. */
import type { TrainerEvent } from "@tessera/domain/events";
import { folds } from "@tessera/domain/words";
import { openImaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import type { TrainingItem, TrainingItems } from "@tessera/training/items";
import { planRun, type RunPlan } from "@tessera/training/runPlan";
import { taskOf } from "@tessera/training/taskOf";
import { type TrainOutcome, train } from "@tessera/training/train";
import type { ImportedFiles } from "@tessera/training/trainOptions";
import { freeMemory } from "./freeMemory.ts";
import { itemBytes, type JobItems, openJobItems } from "./jobItems.ts";
import type { TrainerJob } from "./protocol.ts";

const decoders = 2;
/** Of the free memory; the file of prepared items, which the system keeps in memory as it can, serves what is above it. */
const shareOfMemory = 0.25;

export interface JobContext {
  readonly objects: Objects;
  readonly emit: (events: readonly TrainerEvent[]) => Promise<void>;
  readonly storeBlob: (bytes: Uint8Array, mediaType: string) => Promise<string>;
  /** Aborted to end the run, with "cancel" or "stop" as the reason. */
  readonly halting: AbortSignal;
}

/** @throws DomainError for what a person can mend */
export async function runJob(job: TrainerJob, context: JobContext): Promise<TrainOutcome> {
  const { teamId, configuration } = job;
  const { objects, storeBlob, halting } = context;
  const imaging = openImaging({ processes: decoders, early: true });
  let opened: JobItems | undefined;
  try {
    await context.emit([{ type: "progress", phase: "preparing", step: 0, totalSteps: job.items.length }]);
    const freeBytes = freeMemory();
    const plan = await planRun(taskOf(configuration, job), job.maxThreads, freeBytes);
    const share = Math.min(shareOfMemory * freeBytes, freeBytes - (plan?.neededBytes ?? 0));
    const memoryBytes = job.itemMemoryBytes ?? share;
    opened = await openJobItems(job, { objects, imaging, parallel: decoders, memoryBytes });
    const { filled } = opened;
    const notes = notesOf(filled);
    if (plan !== null) notes.push(...planned(plan, memoryBytes, job));
    const training = train({
      configuration,
      seed: job.seed,
      classes: job.classes,
      exclusive: job.exclusive,
      items: byFold(job, opened.items),
      trainFold: job.trainFold,
      noisyLabels: job.noisyLabels,
      startingWeights: job.startingSha256 === null ? null : await objects.read(teamId, job.startingSha256),
      importedWeights: await importedFiles(job, objects),
      resume: job.resumeSha256 === null ? null : await objects.read(teamId, job.resumeSha256),
      scored: job.scored,
      maxThreads: job.maxThreads,
      checkpointEverySteps: job.checkpointEverySteps,
      emit: (events) => context.emit([...notes.splice(0), ...events]),
      storeBlob,
      readBlob: (sha256) => objects.read(teamId, sha256),
      encodeMask: (mask, size) => imaging.encodeIndices(mask, size, size, job.classes),
      shouldStop: () => (halting.aborted ? (halting.reason as "cancel" | "stop") : null),
      halting,
    });
    // An item that cannot be decoded ends the run now, not when a batch has come to it.
    return await Promise.race([training, filled.then(() => training)]);
  } finally {
    await imaging.close(); // first: what waits for a decoder fails at once
    await opened?.close();
  }
}

export async function importedFiles(
  { teamId, importedSha256 }: TrainerJob,
  objects: Objects,
): Promise<ImportedFiles | undefined> {
  if (!importedSha256) return undefined;
  const { weights, graph } = importedSha256;
  return { weights: await objects.read(teamId, weights), graph: await objects.read(teamId, graph) };
}

export function byFold(job: TrainerJob, items: readonly TrainingItem[]): TrainingItems {
  const of = (fold: string) => items.filter((_, index) => job.items[index]!.fold === fold);
  return Object.fromEntries(folds.map((fold) => [fold, of(fold)])) as unknown as TrainingItems;
}

/** The plan in words, and, once in a run, as the number to hold the measured peak against. */
function planned({ message, peakBytes }: RunPlan, memoryBytes: number, job: TrainerJob): TrainerEvent[] {
  const kept = Math.min(memoryBytes, itemBytes(job));
  const series = "system/plannedBytes";
  return [
    { type: "log", level: "info", message: `${message}; decoded items ${(kept / 1e9).toFixed(2)} GB besides` },
    ...(job.resumeSha256 === null ? [{ type: "points", series, steps: [1], values: [peakBytes + kept] } as const] : []),
  ];
}

/** What is to be said of the items, filled when it is known; it goes with the events that come next. */
function notesOf(filled: Promise<string>): TrainerEvent[] {
  const notes: TrainerEvent[] = [];
  filled.then(
    (message) => notes.push({ type: "log", level: "info", message }),
    () => undefined, // the run says why
  );
  return notes;
}
