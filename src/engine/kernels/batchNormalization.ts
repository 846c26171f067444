/**
 * @file Batch normalisation in training as one operation forward (FusedBatchNormV3) and one backward.
 *
 * TensorFlow.js has no such kernel: its layer takes moments, and their gradient uploads full-size constants (132 MB in a
 * compiled U-Net of batch 8 × 128²). The kernel's name is a contract: src/models uses it where a back end has it.
 */
import * as tf from "@tensorflow/tfjs";
import { ATTR, FLOAT } from "../dataTypes.ts";
import type { NodeBackend, OpAttribute, TensorLike } from "../tfjsInternals.ts";

const kernelName = "BatchNormalizationTraining";

/** y, mean, variance (of the sample: n - 1), and three results that only the gradient reads. */
const forwardOutputs = 6;

const opAttributes = (epsilon: number): OpAttribute[] => [
  { name: "T", type: ATTR.type, value: FLOAT },
  { name: "U", type: ATTR.type, value: FLOAT },
  { name: "epsilon", type: ATTR.float, value: epsilon },
  { name: "data_format", type: ATTR.string, value: "NHWC" },
  { name: "is_training", type: ATTR.bool, value: true },
];

/** Inputs x [b, h, w, c], gamma [c], beta [c]; attribute epsilon. */
export function installBatchNormalizationKernel(): void {
  tf.registerKernel({
    kernelName,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, gamma, beta } = inputs as unknown as Record<"x" | "gamma" | "beta", TensorLike>;
      return tf.tidy(() => {
        const none = tf.tensor1d([], "float32"); // mean and variance are results in training
        const attributes = opAttributes(Number(attrs?.epsilon));
        return (backend as NodeBackend<unknown>).executeMultipleOutputs(
          "FusedBatchNormV3",
          attributes,
          [x, gamma, beta, none, none],
          forwardOutputs,
        );
      });
    },
  });
  tf.registerGradient({
    kernelName,
    inputsToSave: ["x", "gamma"],
    outputsToSave: [false, false, false, true, true, true],
    gradFunc: (outputGradients, [x, gamma, ...reserved], attrs) => {
      const dy = (outputGradients as tf.Tensor[])[0]!;
      const backend = tf.backend() as unknown as NodeBackend<unknown>;
      const [dx, dGamma, dBeta] = backend.executeMultipleOutputs(
        "FusedBatchNormGradV3",
        opAttributes(Number(attrs.epsilon)),
        [dy, x!, gamma!, ...reserved],
        5,
      );
      return { x: () => dx!, gamma: () => dGamma!, beta: () => dBeta! };
    },
  });
}
