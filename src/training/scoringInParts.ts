/** @file Items that are scored in parts: one compiled step for a part, one for joining it to those before, one for the end. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "@tessera/engine/graph/compile";
import type { BatchInput } from "./batch.ts";
import type { BatchTensors } from "./batchTensors.ts";
import type { NetworkSteps, ScoredTensors } from "./networkSteps.ts";

export const tensorsOf = (inputs: readonly BatchInput[], items: number): tf.Tensor[] =>
  inputs.map(({ shape, values }) => tf.tensor(values, [items, ...shape]));

export function scoringInParts(parts: NonNullable<NetworkSteps["parts"]>, maxTraces: number) {
  const partStep = compile((inputs: tf.Tensor[]) => tf.tidy(() => parts.part(inputs)), { maxTraces });
  const mergeStep = compile((before: tf.Tensor[], part: tf.Tensor[]) => tf.tidy(() => parts.merge(before, part)), {
    maxTraces,
  });
  const finishStep = compile(parts.finish, { maxTraces });
  return {
    /** One part after the other: no more than one is with TensorFlow. */
    async score(
      cut: readonly (readonly BatchInput[])[],
      items: number,
      { truth, weights }: Pick<BatchTensors, "truth" | "weights">,
    ): Promise<ScoredTensors> {
      let merged: tf.Tensor[] | null = null;
      for (const inputs of cut) {
        const tensors = tensorsOf(inputs, items);
        const part: tf.Tensor[] = await partStep.async(tensors);
        const next: tf.Tensor[] = merged === null ? part : await mergeStep.async(merged, part);
        tf.dispose([tensors, ...(merged === null ? [] : [merged, part])]);
        merged = next;
      }
      const result = await finishStep.async(merged!, { truth, ...(weights && { weights }) });
      tf.dispose(merged!);
      return result;
    },
    dispose(): void {
      for (const step of [partStep, mergeStep, finishStep]) step.dispose();
    },
  };
}
