/** @file The session configuration that TensorFlow is started with (tensorflow/core/protobuf/config.proto). */

import { Writer } from "./graph/proto.ts";
import type { Device } from "./library.ts";

export interface Threads {
  /** Threads inside one operation. Results are bit-equal only for equal counts. */
  readonly intra: number;
  /** Operations that run at once; absent: TensorFlow decides. */
  readonly inter?: number | undefined;
}

export function configProto(device: Device, threads: Threads): Uint8Array {
  const config = new Writer();
  if (device === "cpu") config.bytes(1, new Writer().bytes(1, "GPU").integer(2, 0)); // device_count
  config.integer(2, threads.intra);
  if (threads.inter !== undefined) config.integer(5, threads.inter);
  if (device === "cuda") config.bytes(6, new Writer().integer(4, 1)); // gpu_options.allow_growth
  return config.done();
}
