/**
 * @file One attempt to make one inspection: its lease, its child and its end.
 *
 * A child that is killed from outside, as where memory runs out, is started once more; the second time the inspection fails.
 */
import { fileURLToPath } from "node:url";
import { DomainError } from "@tessera/domain/errors";
import {
  type ClaimedInspection,
  failInspection,
  finishInspection,
  giveBackInspection,
  renewInspection,
} from "@tessera/store/inspectionQueue";
import { startEngineProcess } from "../engineProcess.ts";
import { explainEnd, type ProcessEnd } from "../explainEnd.ts";
import { GivenUp, holdLease } from "../leased.ts";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";
import { inspectionJobOf } from "./inspectionJob.ts";
import type { FromInspector, InspectionJob, ToInspector } from "./protocol.ts";

export interface RunningInspection {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedInspection;
  /** Aborted when the worker is to stop: it gives the inspection back, and another worker begins it again. */
  readonly stopping: AbortSignal;
}

type Answer = Extract<FromInspector, { type: "result" }>;
type OnProgress = (message: Extract<FromInspector, { type: "progress" }>, inspectorPid: number) => void;

const path = fileURLToPath(new URL("./main.ts", import.meta.url));

export async function runInspection({ worker, claimed, stopping }: RunningInspection): Promise<void> {
  const { database, teamId } = worker;
  const { id, attempt } = claimed;
  const of = { teamId, id, attempt };
  let progress = { done: 0, total: 0 };
  const lease = {
    name: `Inspection ${id}, attempt ${attempt}`,
    renew: () => renewInspection(database, { ...of, leaseSeconds, ...progress }),
    giveBack: () => giveBackInspection(database, of),
    fail: (error: string) => failInspection(database, { ...of, error }),
  };
  await holdLease(worker, stopping, lease, async (held) => {
    const job = await held.patiently(() => inspectionJobOf(worker, claimed));
    const { result, blobs } = await answerOf(job, held.signal, ({ done, total }, inspectorPid) => {
      progress = { done, total };
      worker.observe({ type: "inspecting", inspectionId: id, done, total, inspectorPid });
    });
    await held.patiently(lease.renew); // what came after the last heartbeat, or before the first
    await held.patiently(() => finishInspection(database, { ...of, result, blobs }));
  });
}

async function answerOf(job: InspectionJob, signal: AbortSignal, onProgress: OnProgress): Promise<Answer> {
  const first = await ask(job, signal, onProgress);
  if (!isKilled(first)) return answered(first);
  const second = await ask(job, signal, onProgress);
  if (!isKilled(second)) return answered(second);
  const why = explainEnd(second, "The process that looks into the weights was started twice; it");
  throw new Error(`${why} Ask for fewer items, or try again when less runs on the worker.`);
}

/** What one child says at last, or how it ended without a word. @throws GivenUp */
async function ask(
  job: InspectionJob,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Exclude<FromInspector, { type: "progress" }> | ProcessEnd> {
  if (signal.aborted) throw new GivenUp();
  let last: Exclude<FromInspector, { type: "progress" }> | undefined;
  const child = startEngineProcess<ToInspector, FromInspector>(path, { type: "start", job }, (message) => {
    if (message.type === "progress") onProgress(message, child.pid);
    else last = message;
  });
  const kill = () => child.kill();
  signal.addEventListener("abort", kill, { once: true });
  const end = await child.gone;
  signal.removeEventListener("abort", kill);
  if (last === undefined && signal.aborted) throw new GivenUp();
  return last ?? end;
}

type Said = Awaited<ReturnType<typeof ask>>;

const isKilled = (said: Said): said is ProcessEnd => "signal" in said && said.signal === "SIGKILL";

function answered(said: Said): Answer {
  if ("signal" in said) throw new Error(explainEnd(said, "The process that looks into the weights"));
  if (said.type === "result") return said;
  throw said.passing ? new DomainError("UNAVAILABLE", said.error) : new Error(said.error);
}
