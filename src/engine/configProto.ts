/** @file The session configuration that TensorFlow is started with (tensorflow/core/protobuf/config.proto). */

import { Writer } from "./graph/proto.ts";
import type { Device } from "./library.ts";

export interface Threads {
  /** Threads inside one operation. Results are bit-equal only for equal counts. */
  readonly intra: number;
  /** Operations that run at once; absent: TensorFlow decides. */
  readonly inter?: number | undefined;
}

/**
 * @param gpuMemory most memory that TensorFlow takes of the GPU, MiB; absent: all that is free, as it is needed. Without a
 *   GPU it says nothing.
 */
export function configProto(device: Device, threads: Threads, gpuMemory?: number): Uint8Array {
  const config = new Writer();
  if (device === "cpu") config.bytes(1, new Writer().bytes(1, "GPU").integer(2, 0)); // device_count
  config.integer(2, threads.intra); // intra_op_parallelism_threads
  if (threads.inter !== undefined) config.integer(5, threads.inter); // inter_op_parallelism_threads
  if (device === "cuda") config.bytes(6, gpuOptions(gpuMemory));
  return config.done();
}

/** One GPU, the first that CUDA_VISIBLE_DEVICES leaves. Memory grows with need: other processes may share the GPU. */
function gpuOptions(memory: number | undefined): Writer {
  const options = new Writer().integer(4, 1).bytes(5, "0"); // allow_growth, visible_device_list
  if (memory === undefined) return options;
  // One virtual device is the only way to a limit in bytes that holds with growth: experimental.virtual_devices.memory_limit_mb.
  return options.bytes(9, new Writer().bytes(1, new Writer().float(1, memory)));
}
