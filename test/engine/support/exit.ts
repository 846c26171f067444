/**
 * @file Starts the engine and ends the process. Argument:
 *
 *   started   nothing is computed: the libraries have no reason of their own to stay
 *   released  the same, after every reference to them was given back
 *   computed  by itself, after work on every kind of thread
 *   computing by process.exit, while a step runs
 */
import { join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { findLibrary, libraryFiles } from "@tessera/engine/library";
import * as koffi from "koffi";

const [, , how] = process.argv;
const { tf } = await initEngine({ threads: 2 });
if (how === "released") release();
if (how === "computed" || how === "computing") {
  const step = compile((x: Tensor) => tf.matMul(x, x));
  const x = tf.zeros([1000, 1000]);
  step(x).dataSync();
  await step.async(x);
  if (how === "computing") {
    void step.async(x);
    process.exit(0);
  }
}

function release(): void {
  const loaded = 0x1 | 0x4; // RTLD_LAZY | RTLD_NOLOAD
  const c = koffi.load(null);
  const dlopen = c.func("void *dlopen(const char *path, int flags)");
  const dlclose = c.func("int dlclose(void *library)");
  for (const file of [...libraryFiles].reverse()) {
    const library = dlopen(join(findLibrary(), file), loaded);
    for (let references = 0; references < 8; references++) dlclose(library); // -1 once there is none
  }
}
