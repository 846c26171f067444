/** @file A child that loads TensorFlow, as the supervisor sees it: messages in, messages out, and how it ended. */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { ProcessEnd } from "./explainEnd.ts";
import { outOfMemoryKills, watchResident } from "./residentMemory.ts";

export interface EngineProcess<In> {
  readonly pid: number;
  send(message: In): void;
  kill(): void;
  /** Resolves when the child is gone and every message of it was handed over. */
  readonly gone: Promise<ProcessEnd>;
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href; // found from here, not from the working directory
const keptCharacters = 4000;

/** @param path of the child's program @param first what it is told at once */
export function startEngineProcess<In, Out>(
  path: string,
  first: In,
  onMessage: (message: Out) => void,
): EngineProcess<In> {
  const child = fork(path, [], {
    execArgv: ["--import", tsx],
    serialization: "advanced", // keeps NaN
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // TensorFlow's warnings: it names the allocation that failed before it crashes over it.
    env: { TF_CPP_MIN_LOG_LEVEL: "1", ...process.env },
  });
  const resident = child.pid === undefined ? null : watchResident(child.pid);
  const killsBefore = outOfMemoryKills();
  let lastWords = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      lastWords = (lastWords + text).slice(-keptCharacters);
    });
  }
  child.on("message", (message) => onMessage(message as Out));
  const send = (message: In) => {
    if (child.connected) child.send(message as object, () => undefined); // a child that is gone says so by `gone`
  };
  send(first);
  return {
    pid: child.pid ?? 0,
    send,
    kill: () => child.kill("SIGKILL"),
    gone: endOf(child).then((exit) => {
      resident?.stop();
      const kills = outOfMemoryKills();
      return {
        ...exit,
        lastWords: lastWords.trim(),
        residentBytes: resident?.bytes ?? null,
        memoryRanOut: kills === null || killsBefore === null ? null : kills > killsBefore,
      };
    }),
  };
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

async function endOf(child: ChildProcess): Promise<Exit> {
  const disconnected = new Promise<void>((resolve) => {
    child.once("disconnect", resolve); // comes after the last message
    child.once("error", () => resolve()); // could not be started
  });
  const ended = new Promise<Exit>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  await disconnected;
  return ended;
}
