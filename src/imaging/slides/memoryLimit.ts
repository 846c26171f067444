/** @file A limit of this process's memory, kept by the operating system: what asks for more gets none, whatever a file claims. */
import * as koffi from "koffi";

/** 1.5 GB: Node, OpenSlide's cache of 32 MB, and the largest plain picture twice. */
export const memoryLimitBytes = 1.5 * 2 ** 30;
const dataSegment = 2; // RLIMIT_DATA: private writable memory, not the address space that V8 reserves

/** Of Linux, where the limit covers all memory; elsewhere only the limits of regions and pictures hold. */
export function limitMemory(bytes: number = memoryLimitBytes): void {
  if (process.platform !== "linux") return;
  const setrlimit = koffi.load(null).func("setrlimit", "int", ["int", "void *"]) as (
    what: number,
    limits: BigInt64Array,
  ) => number;
  const limit = BigInt(bytes);
  if (setrlimit(dataSegment, new BigInt64Array([limit, limit])) !== 0)
    throw new Error("The limit of memory was refused");
}
