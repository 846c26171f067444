/**
 * @file The trainer child: decodes the items of one run, trains, and tells its supervisor. It ends with its supervisor.
 *
 * It has no connection to the database: what it says counts once the supervisor has it on disk.
 */
import { DomainError } from "@tessera/domain/errors";
import type { TrainerEvent } from "@tessera/domain/events";
import { openObjects } from "@tessera/objects/localObjects";
import type { Objects } from "@tessera/objects/objects";
import { isPassing, messageOf, pause } from "../backoff.ts";
import { describeFailure } from "../describeFailure.ts";
import type { BlobRow } from "../spool/record.ts";
import type { FromTrainer, ToTrainer, TrainerJob } from "./protocol.ts";
import { runJob } from "./runJob.ts";

const storeAgainMs = 2000;

const halt = new AbortController();
let lastId = 0;
const unacknowledged = new Map<number, () => void>();
const newBlobs: BlobRow[] = [];

/** SIGKILL: nothing here may delay the end, not even a step that runs in TensorFlow. */
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// A terminal's Ctrl-C reaches the whole group; the supervisor decides when this child stops.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);

process.on("message", (message: ToTrainer) => {
  if (message.type === "halt") halt.abort(message.how);
  else if (message.type === "acknowledged") {
    unacknowledged.get(message.id)?.();
    unacknowledged.delete(message.id);
  } else void run(message.job).then(leave, (error) => leave(failed(error)));
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
      if (!isPassing(error) || halt.signal.aborted) throw error;
      if (!told) await emit([{ type: "log", level: "warning", message: `Training waits: ${messageOf(error)}` }]);
      await pause(storeAgainMs);
    }
  }
}

async function run(job: TrainerJob): Promise<FromTrainer> {
  const objects = openObjects({ directory: job.objectsDirectory });
  const outcome = await runJob(job, {
    objects,
    emit,
    storeBlob: (bytes, mediaType) => storeBlob(objects, job.teamId, bytes, mediaType),
    halting: halt.signal,
  });
  return { type: "end", outcome };
}

async function leave(message: FromTrainer): Promise<void> {
  await tell(message);
  process.removeAllListeners("disconnect");
  process.exit(0);
}

/** Decoders that were killed for lack of memory, say; or a full disk, which was not waited for because the run was to halt. */
const failed = (error: unknown): FromTrainer => ({
  type: "failed",
  error: describeFailure(error),
  passing: halt.signal.aborted ? isPassing(error) : error instanceof DomainError && error.code === "UNAVAILABLE",
});
