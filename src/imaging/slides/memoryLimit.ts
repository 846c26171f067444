/** @file A limit of this process's memory, kept by the operating system: what asks for more gets none, whatever a file claims. */
import { readFileSync } from "node:fs";
import * as koffi from "koffi";

/** 1.25 GB beyond what Node has when it starts: V8's heap, OpenSlide's cache of 32 MB, the largest plain picture three times. */
export const memoryLimitBytes = 1.25 * 2 ** 30;
const dataSegment = 2; // RLIMIT_DATA: private writable memory, not the address space that V8 reserves

/** Of Linux; elsewhere only the limits of regions and pictures hold. @param bytes beyond what the process has now */
export function limitMemory(bytes: number = memoryLimitBytes): void {
  if (process.platform !== "linux") return;
  const kilobytes = /^VmData:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const limit = BigInt(Math.round(bytes + 1024 * Number(kilobytes)));
  const setrlimit = koffi.load(null).func("setrlimit", "int", ["int", "void *"]) as (
    what: number,
    limits: BigInt64Array,
  ) => number;
  if (setrlimit(dataSegment, new BigInt64Array([limit, limit])) !== 0)
    throw new Error("The limit of memory was refused");
}
