/**
 * @file The kernel of `gather` while a step is recorded.
 *
 * tfjs-node's own reads the indices back to check them, and a step that reads cannot be recorded. TensorFlow checks them
 * itself: the CPU refuses an index out of bounds, CUDA gives zeros for it.
 */
import * as tf from "@tensorflow/tfjs";
import type { Binding } from "../binding.ts";
import { ATTR } from "../dataTypes.ts";
import type { NodeBackend } from "../tfjsInternals.ts";

/** Replaces the kernel; outside of a recording the one that it replaces goes on. */
export function installGatherKernel(): void {
  const original = tf.getKernel("GatherV2", "tensorflow");
  tf.unregisterKernel("GatherV2", "tensorflow");
  tf.registerKernel({
    ...original,
    kernelFunc: (call) => {
      const backend = call.backend as NodeBackend<Binding>;
      if (!backend.binding.recording) return original.kernelFunc(call);
      const { x, indices } = call.inputs as unknown as Record<"x" | "indices", tf.Tensor>;
      const { axis, batchDims } = call.attrs as unknown as Record<"axis" | "batchDims", number>;
      tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims); // refuses shapes that do not fit
      const attributes = [{ name: "batch_dims", type: ATTR.int, value: batchDims }];
      return tf.tidy(() => backend.executeSingleOutput("GatherV2", attributes, [x, indices, tf.scalar(axis, "int32")]));
    },
  });
}
