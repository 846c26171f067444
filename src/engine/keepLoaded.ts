/** @file Loads a library for the life of the process. */
import * as koffi from "koffi";

// RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE. Were TensorFlow's libraries closed when Node exits, their threads and static
// destructors would run in unmapped code (pitfall 1).
const flags = process.platform === "darwin" ? 0x2 | 0x8 | 0x80 : 0x2 | 0x100 | 0x1000;

let dlopen: ((path: string, flags: number) => number) | undefined;

/** Returns false where the linker refuses; koffi.load then says why. */
export function keepLoaded(path: string): boolean {
  dlopen ??= koffi.load(null).func("dlopen", "int64_t", ["str", "int"]) as (path: string, flags: number) => number;
  return dlopen(path, flags) !== 0;
}
