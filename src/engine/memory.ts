/** @file What is used now, and what was used at most: by the process, by tensors, and on a GPU. */
import { readFileSync, writeFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "./backend.ts";
import { gpuMemoryBytes } from "./gpuMemory.ts";

export interface MemoryUse {
  /** Resident memory of the process, bytes: the only figure that counts TensorFlow's own buffers. */
  readonly residentBytes: number;
  /** Of it, what JavaScript's objects and its arrays take. */
  readonly heapBytes: number;
  readonly arrayBytes: number;
  /** Tensors that JavaScript holds, and their bytes. */
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Handles that TensorFlow holds for us; more than `tensors`: captured values and optimiser slots. */
  readonly handles: number;
}

export function memoryUse(): MemoryUse {
  const { numTensors, numBytes } = tf.memory();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    residentBytes: rss,
    heapBytes: heapUsed,
    arrayBytes: arrayBuffers,
    tensors: numTensors,
    tensorBytes: numBytes,
    handles: nodeBackend().binding.getNumOfTensors(),
  };
}

export interface PeakMemory {
  /** The most resident memory that this process has had, since it began or since the last reset; child processes are not in it. */
  readonly residentBytes: number;
  /**
   * Memory of all GPUs that this process holds, as the driver counts it: TensorFlow's allocator grows and gives nothing back, so
   * it is the peak too. null without a GPU, and where the driver does not tell (a container with process ids of its own).
   */
  readonly gpuBytes: number | null;
}

/** Cheap: one small file is read. The engine need not run. */
export function peakMemory(): PeakMemory {
  return { residentBytes: kernelsPeak() ?? process.resourceUsage().maxRSS * 1024, gpuBytes: gpuMemoryBytes() };
}

/** Linux: of this program alone. getrusage's figure begins at the size of the parent that forked it, and is not reset. */
function kernelsPeak(): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined; // not Linux
  }
}

/** Lets the resident peak begin anew from what is held now. @returns whether the system allows it (Linux, man proc: clear_refs) */
export function resetPeakMemory(): boolean {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
    return true;
  } catch {
    return false;
  }
}
