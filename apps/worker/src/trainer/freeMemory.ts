/** @file How much memory a process may still take here: what the machine has free, or what its control group leaves it. */
import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { join } from "node:path";

/** Bytes. @param controlGroup where the control group of this process (version 2) is mounted, as in a container */
export function freeMemory(controlGroup = "/sys/fs/cgroup"): number {
  // macOS counts what it would give up at once as taken, so all of it is the better guess there.
  const ofMachine = process.platform === "darwin" ? totalmem() : freemem();
  return Math.min(ofMachine, leftIn(controlGroup));
}

/** Infinite without a limit. Pages of files, which the kernel drops where memory runs short, do not count as taken. */
function leftIn(controlGroup: string): number {
  try {
    const read = (name: string) => readFileSync(join(controlGroup, name), "utf8").trim();
    const limit = read("memory.max");
    if (limit === "max") return Number.POSITIVE_INFINITY;
    const files = read("memory.stat").matchAll(/^(?:in)?active_file (\d+)$/gm);
    const droppable = [...files].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
    return Math.max(0, Number(limit) - (Number(read("memory.current")) - droppable));
  } catch {
    return Number.POSITIVE_INFINITY; // no control groups here, or of version 1
  }
}
