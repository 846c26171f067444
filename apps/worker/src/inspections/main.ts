/**
 * @file The child that makes one inspection: opens its runs, computes, tells its supervisor. It ends with its supervisor.
 *
 * It has no connection to the database, and gives way to whoever trains on this machine.
 */
import { constants, setPriority } from "node:os";
import { DomainError } from "@tessera/domain/errors";
import { inspect } from "@tessera/training/inspections/inspect";
import { threadsOf } from "@tessera/training/threads";
import { describeFailure } from "../describeFailure.ts";
import { openGiven } from "./openGiven.ts";
import type { FromInspector, InspectionJob, ToInspector } from "./protocol.ts";

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/** SIGKILL: nothing here may delay the end, not even what runs in TensorFlow. */
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// A terminal's Ctrl-C reaches the whole group; the supervisor decides when this child stops.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);

process.on("message", ({ job }: ToInspector) => {
  void answer(job).then(leave, (error) => leave(failed(error)));
});

const tell = (message: FromInspector) =>
  new Promise<void>((resolve, reject) => {
    process.send!(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });

async function answer(job: InspectionJob): Promise<FromInspector> {
  const progress = (done: number, total: number) => void tell({ type: "progress", done, total });
  const { given, blobs, close } = await openGiven(job, progress);
  const { configuration, maxThreads } = job.runs[0]!.run;
  try {
    const result = await inspect(job.kind, job.request, given, threadsOf(configuration, maxThreads));
    return { type: "result", result, blobs };
  } finally {
    await close();
  }
}

async function leave(message: FromInspector): Promise<void> {
  await tell(message);
  process.removeAllListeners("disconnect");
  process.exit(0);
}

const failed = (error: unknown): FromInspector => ({
  type: "failed",
  error: describeFailure(error),
  passing: error instanceof DomainError && error.code === "UNAVAILABLE",
});
