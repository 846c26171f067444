/**
 * @file The door to measuring: one child process behind plain async calls, so that the supervisor's leases never wait for it.
 *
 * A child that is killed from outside, as where memory runs out, says nothing about its masks: they are given to another one,
 * once. A child that crashes fails the masks that it was given.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DomainError } from "@tessera/domain/errors";
import type { labelOperations } from "../labels/operations.ts";
import type { MaskCounts, MaskPair, Measured, MeasureTask, Operations } from "./operations.ts";
import type { Reply, Request } from "./protocol.ts";

/** Calls wait for each other. @throws DomainError UNAVAILABLE where the child was killed twice, or the measurer is closed */
export interface Measurer extends InChild<typeof labelOperations> {
  measure(task: MeasureTask): Promise<Measured>;
  count(pair: MaskPair): Promise<MaskCounts>;
  /** Of the child that is alive now. */
  processId(): number | null;
  /** Ends the child; a request under way fails with UNAVAILABLE. */
  close(): Promise<void>;
}

/** The same functions, run in the child. */
type InChild<Functions> = {
  [Name in keyof Functions]: Functions[Name] extends (task: infer Task) => infer Value
    ? (task: Task) => Promise<Value>
    : never;
};

interface Job {
  readonly request: Request;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  /** A child was killed over it. */
  readonly killed: boolean;
}

const path = fileURLToPath(new URL("./child.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href; // found from here, not from the working directory

export function openMeasurer(): Measurer {
  const waiting: Job[] = [];
  let child: ChildProcess | null = null;
  let job: Job | null = null;
  let closed = false;

  function start(): ChildProcess {
    const started = fork(path, [], { execArgv: ["--import", tsx], serialization: "advanced" });
    started.on("message", (reply) => {
      const done = take();
      const { type, ...said } = reply as Reply;
      if (type === "value") done?.resolve((said as { value: never }).value);
      else done?.reject(new Error((said as { message: string }).message));
      next();
    });
    started.on("error", (error) => gone(started, null, error.message));
    started.on("exit", (code, signal) => gone(started, signal, signal ?? `exit code ${code}`));
    return started;
  }

  function take(): Job | null {
    const taken = job;
    job = null;
    return taken;
  }

  function gone(process: ChildProcess, signal: NodeJS.Signals | null, how: string): void {
    if (child !== process) return;
    child = null;
    const lost = take();
    if (lost !== null && signal !== "SIGKILL") lost.reject(new Error(`The measuring process crashed (${how})`));
    else if (lost?.killed) {
      const why = "The measuring process was killed twice, as happens where memory runs out; free some, then try again";
      lost.reject(new DomainError("UNAVAILABLE", why));
    } else if (lost !== null) waiting.unshift({ ...lost, killed: true });
    next();
  }

  function next(): void {
    if (job !== null || closed) return;
    job = waiting.shift() ?? null;
    if (job === null) return;
    child ??= start();
    const given = child;
    given.send(job.request, (error) => {
      if (error) given.kill("SIGKILL"); // most likely dead already: its exit says how
    });
  }

  const call = <T>(operation: keyof Operations, task: unknown) =>
    new Promise<T>((resolve, reject) => {
      if (closed) return reject(new DomainError("UNAVAILABLE", "Measuring is closed"));
      waiting.push({ request: { operation, task }, resolve, reject, killed: false });
      next();
    });

  return {
    measure: (task) => call("measure", task),
    count: (pair) => call("count", pair),
    classConsensus: (task) => call("classConsensus", task),
    classNoise: (task) => call("classNoise", task),
    maskConsensus: (task) => call("maskConsensus", task),
    maskNoise: (task) => call("maskNoise", task),
    compareMasks: (task) => call("compareMasks", task),
    processId: () => child?.pid ?? null,
    async close() {
      closed = true;
      const ended = new DomainError("UNAVAILABLE", "Measuring was closed before this request was answered");
      for (const each of [take(), ...waiting.splice(0)]) each?.reject(ended);
      const process = child;
      child = null;
      if (process === null) return;
      const exit = new Promise((resolve) => process.once("exit", resolve));
      process.kill("SIGKILL");
      await exit;
    },
  };
}
