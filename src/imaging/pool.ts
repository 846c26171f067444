/**
 * @file A few decoder child processes behind plain async calls, of whatever operations their program has. Loads no decoder itself.
 *
 * A file that crashes or stalls its decoder fails its own request only; the child is replaced for the next one. A decoder
 * that is killed from outside, as where memory runs out, says nothing about its file: the request is tried once more.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { DomainError } from "@tessera/domain/errors";
import type { Reply, Request } from "./protocol.ts";

export interface PoolOptions {
  /** Decoder children, 1 to 64; each takes one request at a time. */
  readonly processes?: number;
  /** Start them at once, not when first needed: forking holds up a process that has grown large. */
  readonly early?: boolean;
  /** Wall-clock limit of one request, ms. */
  readonly limitMs?: number;
}

/** The same functions, run in a child. */
export interface Pool<Operations> {
  call<Name extends keyof Operations>(operation: Name): Operations[Name];
  /** The decoders that are alive now. */
  processIds(): number[];
  /** Ends the children. Requests under way fail with UNAVAILABLE. */
  close(): Promise<void>;
}

interface Job {
  readonly request: Request;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** A decoder was killed over it. */
  killed?: true;
}

interface Decoder {
  readonly process: ChildProcess;
  ready: boolean;
  job?: Job;
  timer?: NodeJS.Timeout;
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href; // found from here, not from the working directory

/** @param childPath the program of a child, which answers as ./answer.ts does. @throws DomainError BAD_INPUT */
export function openPool<Operations>(
  childPath: string,
  { processes = 2, early = false, limitMs = 30_000 }: PoolOptions = {},
): Pool<Operations> {
  if (!Number.isInteger(processes) || processes < 1 || processes > 64) {
    throw new DomainError("BAD_INPUT", `processes: expected a whole number from 1 to 64, got ${processes}`);
  }
  const waiting: Job[] = [];
  const decoders = new Set<Decoder>();
  let closed = false;
  let lastId = 0;

  function start(): Decoder {
    const child = fork(childPath, [], { execArgv: ["--import", tsx], serialization: "advanced" });
    const decoder: Decoder = { process: child, ready: false };
    decoders.add(decoder);
    child.on("message", (reply) => receive(decoder, reply as Reply));
    child.on("error", () => lost(decoder, "could not be reached"));
    child.on("exit", (code, signal) => {
      if (signal === "SIGKILL") killed(decoder);
      else lost(decoder, signal ? `was ended by ${signal}` : `exited with code ${code}`);
    });
    return decoder;
  }

  /** An idle decoder must not keep the program alive; a busy one must. */
  function hold(decoder: Decoder, busy: boolean): void {
    if (busy) {
      decoder.process.ref();
      decoder.process.channel?.ref();
    } else {
      decoder.process.unref();
      decoder.process.channel?.unref();
    }
  }

  function give(decoder: Decoder, job: Job): void {
    decoder.job = job;
    hold(decoder, true);
    decoder.timer = setTimeout(() => {
      finish(decoder)?.reject(
        new DomainError(
          "BAD_FILE",
          `Reading the file took longer than ${limitMs / 1000} s; export it simpler or smaller`,
        ),
      );
      drop(decoder);
    }, limitMs);
    decoder.process.send(job.request, (error) => {
      if (error) decoder.process.kill("SIGKILL"); // most likely dead already: its exit says how
    });
  }

  /** Takes the decoder's job away from it, or undefined when it has none (any more). */
  function finish(decoder: Decoder): Job | undefined {
    const { job } = decoder;
    clearTimeout(decoder.timer);
    decoder.job = undefined;
    if (job) hold(decoder, false);
    return job;
  }

  function drop(decoder: Decoder): void {
    decoders.delete(decoder);
    decoder.process.kill("SIGKILL");
    next();
  }

  /** By the operating system, or by a person: no crash of ours ends with SIGKILL. */
  function killed(decoder: Decoder): void {
    if (!decoders.has(decoder)) return;
    const job = finish(decoder);
    if (job?.killed) {
      job.reject(
        new DomainError(
          "UNAVAILABLE",
          "The image decoder was killed twice, as happens where memory runs out; free some, then try again",
        ),
      );
    } else if (job) waiting.unshift({ ...job, killed: true });
    drop(decoder);
  }

  function lost(decoder: Decoder, how: string): void {
    if (!decoders.has(decoder)) return;
    finish(decoder)?.reject(
      decoder.ready
        ? new DomainError("BAD_FILE", `The decoder ${how} while reading the file; the file is damaged or malicious`)
        : new DomainError("UNAVAILABLE", `The image decoder does not start: it ${how}; see the log above`),
    );
    drop(decoder);
  }

  function receive(decoder: Decoder, reply: Reply): void {
    if (reply.type === "ready") {
      decoder.ready = true;
      return;
    }
    if (decoder.job?.request.id !== reply.id) return;
    const job = finish(decoder)!;
    if (reply.type === "value") job.resolve(reply.value);
    else if (reply.code !== null) job.reject(new DomainError(reply.code, reply.message, reply.details));
    else job.reject(new Error(`${job.request.operation} failed in the decoder: ${reply.message}`));
    next();
  }

  function next(): void {
    while (waiting.length > 0 && !closed) {
      const idle = [...decoders].find((decoder) => !decoder.job);
      if (!idle && decoders.size >= processes) return;
      give(idle ?? start(), waiting.shift()!);
    }
  }

  if (early) for (let each = 0; each < processes; each++) hold(start(), false);

  const ask = (operation: string, args: unknown[]) =>
    new Promise<never>((resolve, reject) => {
      if (closed) return reject(new DomainError("UNAVAILABLE", "Imaging is closed"));
      waiting.push({ request: { id: ++lastId, operation, args }, resolve: resolve as Job["resolve"], reject });
      next();
    });

  return {
    call: (operation) => ((...args: unknown[]) => ask(String(operation), args)) as never,
    processIds: () => [...decoders].flatMap((decoder) => decoder.process.pid ?? []),
    async close() {
      closed = true;
      const ended = new DomainError("UNAVAILABLE", "Imaging was closed before this request was answered");
      for (const job of waiting.splice(0)) job.reject(ended);
      const exits = [...decoders].map((decoder) => {
        finish(decoder)?.reject(ended);
        decoders.delete(decoder);
        const exit = new Promise((resolve) => decoder.process.once("exit", resolve));
        decoder.process.ref();
        decoder.process.kill("SIGKILL");
        return exit;
      });
      await Promise.all(exits);
    },
  };
}
