/**
 * @file The trainer child: decodes the items of one run, trains, and tells its supervisor. It ends with its supervisor.
 *
 * It has no connection to the database: what it says counts once the supervisor has it on disk.
 */
import { mkdir } from "node:fs/promises";
import { DomainError } from "@tessera/domain/errors";
import type { TrainerEvent } from "@tessera/domain/events";
import { folds } from "@tessera/domain/words";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import type { Objects } from "@tessera/objects/objects";
import type { TrainingItems } from "@tessera/training/items";
import { train } from "@tessera/training/train";
import { isPassing, messageOf, pause } from "../backoff.ts";
import type { BlobRow } from "../spool/record.ts";
import { freeMemory } from "./freeMemory.ts";
import { preparedItems } from "./preparedItems.ts";
import type { FromTrainer, ToTrainer, TrainerJob } from "./protocol.ts";

const decoders = 2;
const progressEvery = 50;
const storeAgainMs = 2000;

let halted: "cancel" | "stop" | null = null;
let lastId = 0;
const unacknowledged = new Map<number, () => void>();
const newBlobs: BlobRow[] = [];

/** SIGKILL: nothing here may delay the end, not even a step that runs in TensorFlow. */
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// A terminal's Ctrl-C reaches the whole group; the supervisor decides when this child stops.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);

process.on("message", (message: ToTrainer) => {
  if (message.type === "halt") halted ??= message.how;
  else if (message.type === "acknowledged") {
    unacknowledged.get(message.id)?.();
    unacknowledged.delete(message.id);
  } else void run(message.job).then(leave, (error) => leave({ type: "failed", error: describe(error) }));
});

const tell = (message: FromTrainer) =>
  new Promise<void>((resolve, reject) => {
    process.send!(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });

/** Resolves when the supervisor has the events on its disk. */
async function emit(events: readonly TrainerEvent[]): Promise<void> {
  const id = ++lastId;
  const acknowledged = new Promise<void>((resolve) => unacknowledged.set(id, resolve));
  await tell({ type: "events", id, blobs: newBlobs.splice(0), events });
  await acknowledged;
}

/** Waits where the disk is full or away, unless the run is to end: hours of training are not given up for that. */
async function storeBlob(objects: Objects, teamId: string, bytes: Uint8Array, mediaType: string): Promise<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let told = false; ; told = true) {
    try {
      const { sha256, size } = await objects.put(teamId, buffer);
      newBlobs.push({ sha256, size, mediaType });
      return sha256;
    } catch (error) {
      if (!isPassing(error) || halted !== null) throw error;
      if (!told) await emit([{ type: "log", level: "warning", message: `Training waits: ${messageOf(error)}` }]);
      await pause(storeAgainMs);
    }
  }
}

async function run(job: TrainerJob): Promise<FromTrainer> {
  const { teamId, configuration } = job;
  const objects = openObjects({ directory: job.objectsDirectory });
  const imaging = openImaging({ processes: decoders });
  try {
    const items = await prepare(job, objects, imaging);
    if (items === null) return { type: "end", outcome: halted === "cancel" ? "cancelled" : "stopped" };
    const outcome = await train({
      configuration,
      seed: job.seed,
      items,
      startingWeights: job.startingSha256 === null ? null : await objects.read(teamId, job.startingSha256),
      resume: job.resumeSha256 === null ? null : await objects.read(teamId, job.resumeSha256),
      scored: job.scored,
      maxThreads: job.maxThreads,
      checkpointEverySteps: job.checkpointEverySteps,
      emit,
      storeBlob: (bytes, mediaType) => storeBlob(objects, teamId, bytes, mediaType),
      readBlob: (sha256) => objects.read(teamId, sha256),
      encodeMask: (mask, size) => imaging.encodeMask(mask, size, size),
      shouldStop: () => halted,
    });
    return { type: "end", outcome };
  } finally {
    await imaging.close();
  }
}

/** The items by fold, or null when halted meanwhile. */
async function prepare(job: TrainerJob, objects: Objects, imaging: Imaging): Promise<TrainingItems | null> {
  await mkdir(job.preparedDirectory, { recursive: true });
  const progress = (done: number): TrainerEvent => ({
    type: "progress",
    phase: "preparing",
    step: done,
    totalSteps: job.items.length,
  });
  await emit([progress(0)]);
  class Halted extends Error {}
  let told: Promise<void> = Promise.resolve();
  try {
    const prepared = await preparedItems({
      teamId: job.teamId,
      items: job.items,
      size: job.configuration.model.size,
      directory: job.preparedDirectory,
      objects,
      imaging,
      parallel: decoders,
      freeBytes: freeMemory(),
      onProgress(done) {
        if (halted) throw new Halted();
        if (done % progressEvery === 0) told = told.then(() => emit([progress(done)]));
      },
    });
    await told;
    const of = (fold: string) => prepared.filter((_, index) => job.items[index]!.fold === fold);
    return Object.fromEntries(folds.map((fold) => [fold, of(fold)])) as unknown as TrainingItems;
  } catch (error) {
    if (error instanceof Halted) return null;
    throw error;
  }
}

async function leave(message: FromTrainer): Promise<void> {
  await tell(message);
  process.removeAllListeners("disconnect");
  process.exit(0);
}

/** What a person can act on first; where it happened after it, for what is a bug. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof DomainError || error.name === "EngineError") return error.message;
  return (error.stack ?? error.message).split("\n").slice(0, 6).join("\n");
}
