/**
 * @file Forgetting, as catastrophic forgetting is measured (McCloskey & Cohen 1989): the earlier task's score before and after later
 * training. The later run has another head, so its encoder is put under the earlier run's: what is lost so counts as forgotten, also
 * where a head trained anew would find it again. Both are scored on the earlier run's validation fold: its test fold stays unscored.
 */
import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";
import type { ForgettingRequest, ForgettingResult } from "@tessera/domain/inspections/forgetting";
import { readWeights } from "@tessera/models/weights/named";
import { copyWeights } from "@tessera/models/weights/transfer";
import { scoringBatch } from "../batches.ts";
import type { Given } from "./given.ts";
import type { InspectedRun } from "./inspectedRun.ts";

/** @throws DomainError CONFLICT where the earlier run has no validation item */
export async function forgetting(request: ForgettingRequest, given: Given): Promise<ForgettingResult> {
  const [earlier, later] = [given.run(request.earlierRunId), given.run(request.laterRunId)];
  const items = earlier.items.validation.length;
  if (items === 0) {
    throw new DomainError("CONFLICT", `Run ${earlier.runId} has no validation item to score`, { runId: earlier.runId });
  }
  let done = 0;
  const step = (scored: number) => {
    done += scored;
    given.progress(done, 2 * items);
  };
  const model = await earlier.model("end");
  try {
    const earlierScore = await validationScore(earlier, model, step);
    const laterModel = await later.model("end");
    let replaced: number;
    try {
      replaced = copyWeights(readWeights(laterModel), model, "encoder").loaded.length;
    } finally {
      laterModel.dispose();
    }
    const laterScore = await validationScore(earlier, model, step);
    const metric = earlier.configuration.task === "classification" ? "AUC" : "Dice";
    return { metric, earlierScore, laterScore, items, replaced, kept: model.weights.length - replaced };
  } finally {
    model.dispose();
  }
}

/** As the run chose its best checkpoint by. */
async function validationScore(
  { task, items: { validation } }: InspectedRun,
  model: tf.LayersModel,
  scored: (items: number) => void,
): Promise<number | null> {
  const { batchSize } = task.configuration;
  const scores = task.validation(null, { encodeMask: unused, storeBlob: unused });
  for (let at = 0; at < validation.length; at += batchSize) {
    const { items, pixels, batch } = await scoringBatch(validation.slice(at, at + batchSize), task);
    const probabilities = tf.tidy(() => {
      const inputs = batch.inputs.map(({ shape, values }) => tf.tensor(values, [batch.items, ...shape]));
      return task.probabilities(task.forward(model, inputs, false).logits); // [b, ...truthShape]
    });
    await scores.add({ items, pixels, probabilities: await probabilities.data<"float32">() });
    probabilities.dispose();
    scored(items.length);
  }
  return scores.result().score;
}

/** Pictures are made of sampled items only, and none is. */
const unused = () => Promise.reject(new Error("No picture is made of a fold that is only scored"));
