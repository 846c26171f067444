/**
 * @file The kernel of `step`, on which the gradient of ReLU rests.
 *
 * tfjs-node's own uploads a full-size tensor of ones from the host at every call (33 MB of constants in a compiled U-Net).
 * This one is Greater + Cast, which graph/passes/reluGradient.ts turns into ReluGrad. Differs in one point: step(NaN) is 0, not NaN.
 */
import * as tf from "@tensorflow/tfjs";
import { ATTR, BOOL, FLOAT } from "../dataTypes.ts";
import type { NodeBackend, TensorLike } from "../tfjsInternals.ts";

/** Replaces the kernel; anything but float32 with alpha 0 goes to the one it replaces. */
export function installStepKernel(): void {
  const original = tf.getKernel("Step", "tensorflow");
  tf.unregisterKernel("Step", "tensorflow");
  tf.registerKernel({
    kernelName: "Step",
    backendName: "tensorflow",
    kernelFunc: (call) => {
      const { x } = call.inputs as unknown as { x: TensorLike };
      if (call.attrs?.alpha || x.dtype !== "float32") return original.kernelFunc(call);
      const backend = call.backend as NodeBackend<unknown>;
      return tf.tidy(() => {
        const positive = backend.executeSingleOutput(
          "Greater",
          [{ name: "T", type: ATTR.type, value: FLOAT }],
          [x, tf.scalar(0)],
        );
        return backend.executeSingleOutput(
          "Cast",
          [
            { name: "SrcT", type: ATTR.type, value: BOOL },
            { name: "DstT", type: ATTR.type, value: FLOAT },
            { name: "Truncate", type: ATTR.bool, value: false },
          ],
          [positive],
        );
      });
    },
  });
}
