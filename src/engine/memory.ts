/** @file What is used now: by the process, and by tensors. */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "./backend.ts";

export interface MemoryUse {
  /** Resident memory of the process, bytes: the only figure that counts TensorFlow's own buffers. */
  readonly residentBytes: number;
  /** Tensors that JavaScript holds, and their bytes. */
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Handles that TensorFlow holds for us; more than `tensors`: captured values and optimiser slots. */
  readonly handles: number;
}

export function memoryUse(): MemoryUse {
  const { numTensors, numBytes } = tf.memory();
  return {
    residentBytes: process.memoryUsage.rss(),
    tensors: numTensors,
    tensorBytes: numBytes,
    handles: nodeBackend().binding.getNumOfTensors(),
  };
}
