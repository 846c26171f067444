/** @file The memory of a child as the kernel shows it from outside, for what is said when the child is gone. Linux only. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

export interface ResidentWatch {
  /** The newest size seen, bytes; null before the first look, and elsewhere than on Linux. */
  readonly bytes: number | null;
  stop(): void;
}

const everyMs = 500;

export function watchResident(pid: number): ResidentWatch {
  const watch = { bytes: null as number | null, stop: () => clearInterval(timer) };
  const look = async () => {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]; // none of a process that has ended
    if (kibibytes !== undefined) watch.bytes = Number(kibibytes) * 1024;
  };
  const timer = setInterval(look, everyMs).unref();
  return watch;
}

/** How many processes the kernel has killed on this machine because memory ran out; null where it does not say. */
export function outOfMemoryKills(): number | null {
  try {
    const count = /^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8"))?.[1];
    return count === undefined ? null : Number(count);
  } catch {
    return null;
  }
}
