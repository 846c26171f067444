/** @file What an earlier cli started and could not stop (kill -9, power loss): found again by a file, stopped before a new start. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWholeFile } from "../wholeFile.ts";
import type { RunningProcess } from "./child.ts";

interface Noted {
  readonly cli: number;
  readonly processes: readonly { readonly name: string; readonly pid: number; readonly startedAt: string }[];
}

const file = (home: string) => join(home, "processes.json");

/** Field 22 of /proc/PID/stat: it tells a reused pid from the process that was noted. Null where it has ended. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

export function noteProcesses(home: string, processes: readonly RunningProcess[]): void {
  const noted: Noted = {
    cli: process.pid,
    processes: processes.map(({ name, pid }) => ({ name, pid, startedAt: startTime(pid) ?? "" })),
  };
  writeWholeFile(file(home), JSON.stringify(noted));
}

export function forgetProcesses(home: string): void {
  rmSync(file(home), { force: true });
}

/** Stops what is left of an earlier start. Returns the pid of a cli that still runs on this home, else null. */
export async function stopLeftovers(home: string): Promise<number | null> {
  let noted: Noted;
  try {
    noted = JSON.parse(readFileSync(file(home), "utf8")) as Noted;
  } catch {
    return null; // none noted
  }
  if (noted.cli !== process.pid && isOurCli(noted.cli)) return noted.cli;
  for (const { pid, startedAt } of noted.processes) {
    if (startedAt !== "" && startTime(pid) === startedAt) process.kill(-pid, "SIGKILL");
  }
  forgetProcesses(home);
  return null;
}

function isOurCli(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("apps/cli/src/main.ts");
  } catch {
    return false;
  }
}
