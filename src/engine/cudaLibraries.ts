/**
 * @file NVIDIA's libraries that TensorFlow's own search path misses.
 *
 * The wheel's libtensorflow_framework opens all of them by bare name, and its RUNPATH (folders of ../nvidia) lacks cusolver: without
 * it TensorFlow registers no GPU at all. cuDNN looks for nvrtc in ../nvrtc, where no wheel puts it: without it its
 * run-time compiled convolutions fail. A library that is loaded is found by its name, so both are loaded first.
 */

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { keepLoaded } from "./keepLoaded.ts";

const missed = ["cusolver/lib/libcusolver.so.11", "cuda_nvrtc/lib/libnvrtc.so.12"];

/** @param directory that of TensorFlow's libraries; where no wheels lie beside it the system's search finds CUDA. */
export function preloadCudaLibraries(directory: string): void {
  for (const name of missed) {
    const path = join(dirname(directory), "nvidia", name);
    if (existsSync(path)) keepLoaded(path);
  }
}
