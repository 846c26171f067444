/** @file One run in this process: its items, its training, its evaluation. Told when to halt; tells what happens. */
import type { TrainerEvent } from "@tessera/domain/events";
import { folds } from "@tessera/domain/words";
import { openImaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import { passOrder } from "@tessera/training/batchOrder";
import type { TrainingItems } from "@tessera/training/items";
import { planRun, type RunPlan } from "@tessera/training/runPlan";
import { taskOf } from "@tessera/training/taskOf";
import { type TrainOutcome, train } from "@tessera/training/train";
import type { ImportedFiles } from "@tessera/training/trainOptions";
import { freeMemory } from "./freeMemory.ts";
import { recordBytes } from "./preparedFile.ts";
import { haveMasks, openPreparedItems, type PreparedItems } from "./preparedItems.ts";
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
  let prepared: PreparedItems | undefined;
  try {
    await context.emit([{ type: "progress", phase: "preparing", step: 0, totalSteps: job.items.length }]);
    const freeBytes = freeMemory();
    const plan = await planRun(taskOf(configuration, job), job.maxThreads, freeBytes);
    const itemBytes = job.itemMemoryBytes ?? Math.min(shareOfMemory * freeBytes, freeBytes - (plan?.neededBytes ?? 0));
    prepared = await openPreparedItems({
      teamId,
      items: job.items,
      size: configuration.model.size,
      classes: job.classes,
      directory: job.preparedDirectory,
      memoryBytes: itemBytes,
      objects,
      imaging,
      parallel: decoders,
      order: orderOfUse(job),
    });
    const notes = notesOf(prepared, job);
    if (plan !== null) notes.push(...planned(plan, itemBytes, job));
    const training = train({
      configuration,
      seed: job.seed,
      classes: job.classes,
      exclusive: job.exclusive,
      items: byFold(job, prepared),
      trainFoldItems: job.trainFoldItems,
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
    return await Promise.race([training, prepared.filled.then(() => training)]);
  } finally {
    await imaging.close(); // first: what waits for a decoder fails at once
    await prepared?.close();
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

export function byFold({ items }: TrainerJob, prepared: PreparedItems): TrainingItems {
  const of = (fold: string) => prepared.items.filter((_, index) => items[index]!.fold === fold);
  return Object.fromEntries(folds.map((fold) => [fold, of(fold)])) as unknown as TrainingItems;
}

/** As a first epoch asks for them: the training items in its order, then validation, then test. */
function orderOfUse({ items, seed }: TrainerJob): number[] {
  const of = (fold: string) => items.flatMap((item, index) => (item.fold === fold ? [index] : []));
  const train = of("train");
  return [
    ...Array.from(passOrder(train.length, seed, 0), (place) => train[place]!),
    ...of("validation"),
    ...of("test"),
  ];
}

/** The plan in words, and, once in a run, as the number to hold the measured peak against. */
function planned(
  { message, peakBytes }: RunPlan,
  itemBytes: number,
  { items, configuration, resumeSha256 }: TrainerJob,
): TrainerEvent[] {
  const kept = Math.min(
    itemBytes,
    items.length * recordBytes({ size: configuration.model.size, masks: haveMasks(items) }),
  );
  const series = "system/plannedBytes";
  return [
    { type: "log", level: "info", message: `${message}; decoded items ${(kept / 1e9).toFixed(2)} GB besides` },
    ...(resumeSha256 === null ? [{ type: "points", series, steps: [1], values: [peakBytes + kept] } as const] : []),
  ];
}

/** What is to be said of the items, filled when it is known; it goes with the events that come next. */
function notesOf({ filled }: PreparedItems, { items, configuration }: TrainerJob): TrainerEvent[] {
  const notes: TrainerEvent[] = [];
  const say = (message: string) => notes.push({ type: "log", level: "info", message });
  const { size } = configuration.model;
  const started = performance.now();
  filled.then(
    (result) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const { decoded } = result;
      if (decoded === null) {
        say(
          `The ${items.length} items at ${size} x ${size} are not kept in the folder of prepared items, but decoded anew as needed: ${result.why}`,
        );
      } else if (decoded === 0) say(`${items.length} items read as an earlier run prepared them, ${size} x ${size}`);
      else
        say(
          `${decoded} items decoded to ${size} x ${size} in ${seconds} s while training went on; kept for the next run`,
        );
    },
    () => undefined, // the run says why
  );
  return notes;
}
