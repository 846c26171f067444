/**
 * @file Two kernels of tfjs-node that go wrong on int32.
 *
 * Round: TensorFlow's operation gives zeros for integers on the CPU (its Python front end never calls it for them).
 * Exp: tfjs-node disposes the caller's tensor.
 */
import * as tf from "@tensorflow/tfjs";
import type { NodeBackend, TensorLike } from "../tfjsInternals.ts";

const onIntegers: Readonly<Record<string, (x: TensorLike, backend: NodeBackend<unknown>) => tf.Tensor>> = {
  Round: (x, backend) => backend.executeSingleOutput("Identity", [], [x]),
  Exp: (x, backend) => tf.tidy(() => backend.executeSingleOutput("Exp", [], [tf.cast(x as tf.Tensor, "float32")])),
};

/** Replaces the kernels; other types go to those that they replace. */
export function installIntegerKernels(): void {
  for (const [kernelName, kernel] of Object.entries(onIntegers)) {
    const original = tf.getKernel(kernelName, "tensorflow");
    tf.unregisterKernel(kernelName, "tensorflow");
    tf.registerKernel({
      ...original,
      kernelFunc: (call) => {
        const { x } = call.inputs as unknown as { x: TensorLike };
        return x.dtype === "int32" ? kernel(x, call.backend as NodeBackend<unknown>) : original.kernelFunc(call);
      },
    });
  }
}
