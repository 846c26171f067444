import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WorkerEvent } from "@tessera/worker/options";
import type { ProcessSettings } from "./supervisorProcess.ts";

export interface ForkedSupervisor {
  readonly process: ChildProcess;
  readonly events: WorkerEvent[];
  readonly gone: Promise<NodeJS.Signals | null>;
}

export function forkSupervisor(settings: ProcessSettings): ForkedSupervisor {
  const path = fileURLToPath(new URL("./supervisorProcess.ts", import.meta.url));
  const child = fork(path, [], { execArgv: ["--import", "tsx"], serialization: "advanced" });
  const events: WorkerEvent[] = [];
  child.on("message", (event) => events.push(event as WorkerEvent));
  child.send(settings);
  return { process: child, events, gone: new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal))) };
}
