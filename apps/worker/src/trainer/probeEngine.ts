/** @file Whether TensorFlow can be loaded here, asked of a child: the supervisor itself never loads it. */
import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DomainError } from "@tessera/domain/errors";

export interface ProbedEngine {
  readonly device: string;
  readonly version: string;
}

const path = fileURLToPath(new URL("./probe.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** A worker that cannot train must not claim. @throws DomainError UNAVAILABLE saying why */
export function probeEngine(): Promise<ProbedEngine> {
  return new Promise((resolve, reject) => {
    const child = fork(path, [], { execArgv: ["--import", tsx], stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let errors = "";
    let answer: (ProbedEngine & { readonly error?: string }) | undefined;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      errors = (errors + text).slice(-2000);
    });
    child.on("message", (message) => {
      answer = message as typeof answer;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (answer && answer.error === undefined) resolve({ device: answer.device, version: answer.version });
      else {
        const why = answer?.error ?? `the trial ended with ${signal ?? `code ${code}`}: ${errors}`;
        reject(new DomainError("UNAVAILABLE", `This worker cannot train: ${why}`));
      }
    });
  });
}
