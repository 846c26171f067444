/** @file One trainer child as the supervisor sees it: messages in, messages out, and how it ended. */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { FromTrainer, ToTrainer, TrainerJob } from "./trainer/protocol.ts";

export interface TrainerProcess {
  readonly pid: number;
  send(message: ToTrainer): void;
  kill(): void;
  /** Resolves when the child is gone and every message of it was handed over. */
  readonly gone: Promise<TrainerEnd>;
}

export interface TrainerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last of what it wrote, for its error. */
  readonly lastWords: string;
}

const path = fileURLToPath(new URL("./trainer/main.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href; // found from here, not from the working directory
const keptCharacters = 4000;

export function startTrainer(job: TrainerJob, onMessage: (message: FromTrainer) => void): TrainerProcess {
  const child = fork(path, [], {
    execArgv: ["--import", tsx],
    serialization: "advanced", // keeps NaN
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let lastWords = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      lastWords = (lastWords + text).slice(-keptCharacters);
    });
  }
  child.on("message", (message) => onMessage(message as FromTrainer));
  const send = (message: ToTrainer) => {
    if (child.connected) child.send(message, () => undefined); // a child that is gone says so by `gone`
  };
  send({ type: "start", job });
  return {
    pid: child.pid ?? 0,
    send,
    kill: () => child.kill("SIGKILL"),
    gone: endOf(child).then((end) => ({ ...end, lastWords: lastWords.trim() })),
  };
}

async function endOf(child: ChildProcess): Promise<Omit<TrainerEnd, "lastWords">> {
  const disconnected = new Promise<void>((resolve) => {
    child.once("disconnect", resolve); // comes after the last message
    child.once("error", () => resolve()); // could not be started
  });
  const ended = new Promise<Omit<TrainerEnd, "lastWords">>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
  await disconnected;
  return ended;
}

/** Why a trainer that said nothing of its end is gone, in words for the run's page. */
export function explainEnd({ code, signal, lastWords }: TrainerEnd): string {
  const how =
    signal === "SIGKILL"
      ? "was killed (SIGKILL): by hand, or by the system because memory ran out"
      : signal !== null
        ? `crashed with ${signal}`
        : code === null
          ? "could not be started"
          : `ended with code ${code} without a result`;
  return `The trainer ${how}.${lastWords === "" ? "" : ` Its last lines:\n${lastLines(lastWords)}`}`;
}

const lastLines = (text: string) => text.split("\n").slice(-12).join("\n");
