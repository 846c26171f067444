/**
 * @file Batch normalisation in training as one operation forward (FusedBatchNormV3) and one backward.
 *
 * TensorFlow.js has no such kernel: its layer takes moments, and their gradient uploads full-size constants (132 MB in a
 * compiled U-Net of batch 8 × 128²), and follows moving averages by five operations each. The kernel's name is a contract:
 * src/models uses it where a back end has it.
 */
import * as tf from "@tensorflow/tfjs";
import { ATTR, FLOAT } from "../dataTypes.ts";
import type { NodeBackend, OpAttribute, TensorLike } from "../tfjsInternals.ts";

const kernelName = "BatchNormalizationTraining";

/** y, both new moving averages, and three results that only the gradient reads. */
const forwardOutputs = 6;

const gradientAttributes = (epsilon: number): OpAttribute[] => [
  { name: "T", type: ATTR.type, value: FLOAT },
  { name: "U", type: ATTR.type, value: FLOAT },
  { name: "epsilon", type: ATTR.float, value: epsilon },
  { name: "data_format", type: ATTR.string, value: "NHWC" },
  { name: "is_training", type: ATTR.bool, value: true },
];

/**
 * Inputs x [b, h, w, c], gamma, beta, movingMean, movingVariance [c]; attributes epsilon, momentum. The moving variance is that of
 * the sample (n - 1): average <- momentum * average + (1 - momentum) * of this batch.
 */
export function installBatchNormalizationKernel(): void {
  tf.registerKernel({
    kernelName,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, gamma, beta, movingMean, movingVariance } = inputs as unknown as Record<string, TensorLike>;
      const share = { name: "exponential_avg_factor", type: ATTR.float, value: 1 - Number(attrs?.momentum) };
      return (backend as NodeBackend<unknown>).executeMultipleOutputs(
        "FusedBatchNormV3",
        [...gradientAttributes(Number(attrs?.epsilon)), share],
        [x!, gamma!, beta!, movingMean!, movingVariance!],
        forwardOutputs,
      );
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
        gradientAttributes(Number(attrs.epsilon)),
        [dy, x!, gamma!, ...reserved],
        5,
      );
      const none = () => null as unknown as tf.Tensor; // no gradient flows into the averages
      return { x: () => dx!, gamma: () => dGamma!, beta: () => dBeta!, movingMean: none, movingVariance: none };
    },
  });
}
