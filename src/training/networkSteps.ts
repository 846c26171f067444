/** @file The model, its update rule, and the two steps over them: what network.ts compiles and runPlan.ts plans. */
import * as tf from "@tensorflow/tfjs";
import { coTeachingOf } from "@tessera/domain/configuration/method";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import type { UpdateRule } from "@tessera/engine/optimizers/updateRule";
import type { PlannedStep } from "@tessera/engine/plan/plan";
import { GraphRandom } from "@tessera/engine/random";
import type { BatchTensors } from "./batchTensors.ts";
import { coTeachingLoss, peerSeed } from "./coTeaching.ts";
import type { ScoredInParts, Task } from "./task.ts";
import { updateRuleOf } from "./updateRule.ts";

export interface ScoredTensors {
  /** Of the truth's shape. */
  readonly probabilities: tf.Tensor;
  readonly loss: tf.Scalar;
}

type Truth = Pick<BatchTensors, "truth" | "weights">;

export interface NetworkSteps {
  readonly model: tf.LayersModel;
  /** The averaged weights, where the configuration asks for them: these are scored. */
  readonly averaged: tf.LayersModel | null;
  /** Of co-teaching: the second network, trained with the first and never scored. */
  readonly peer: tf.LayersModel | null;
  readonly rule: UpdateRule;
  /** What a step draws; set anew before each, so that nothing of it need be in a checkpoint. */
  readonly random: GraphRandom;
  /** `last` completes the update. @returns the loss before it */
  readonly train: (batch: BatchTensors, last: boolean) => tf.Scalar;
  readonly score: (batch: BatchTensors) => ScoredTensors;
  /** Where the task scores in parts: the same, from what its parts have become. */
  readonly parts:
    | (ScoredInParts & { readonly finish: (merged: readonly tf.Tensor[], batch: Truth) => ScoredTensors })
    | null;
}

/** Items that are in the model at once. */
export const itemsAtOnce = ({ batchSize, optimizer }: RunConfiguration): number =>
  batchSize / optimizer.accumulationSteps;

export function networkSteps(task: Task, seed: number): NetworkSteps {
  const { optimizer } = task.configuration;
  const random = new GraphRandom(0);
  const model = task.model(seed, random);
  const averaged = optimizer.emaDecay > 0 ? task.model(seed, random) : null;
  const scored = averaged ?? model;
  const peer = coTeachingOf(task.configuration) === null ? null : task.model(peerSeed(seed), random);
  const rule = updateRuleOf(optimizer, { model, averaged, peer });
  const parts = task.inParts?.(scored) ?? null;
  const scoredOf = (logits: tf.Tensor, { truth, weights }: Truth, streams?: readonly tf.Tensor[]) => ({
    probabilities: task.probabilities(logits),
    loss: task.loss(logits, truth, weights, streams),
  });
  return {
    model,
    averaged,
    peer,
    rule,
    random,
    train: (batch, last) => {
      if (peer !== null) {
        const both = () => coTeachingLoss(task, [model, peer], batch);
        return tf.tidy(() => rule.minimize(both, last).div(2)); // the mean of both
      }
      const { inputs, truth, weights } = batch;
      return rule.minimize(() => {
        const { logits, streams } = task.forward(model, inputs, true);
        return task.loss(logits, truth, weights, streams);
      }, last);
    },
    score: (batch) =>
      tf.tidy(() => {
        const { logits, streams } = task.forward(scored, batch.inputs, false);
        return scoredOf(logits, batch, streams);
      }),
    parts: parts && { ...parts, finish: (merged, truth) => tf.tidy(() => scoredOf(parts.logits(merged), truth)) },
  };
}

/**
 * The same steps for a plan, on the shapes of so many items: updates that wait for more parts first, where there are any.
 * @param atOnce items in the model at once
 */
export function plannedSteps(task: Task, atOnce: number): PlannedStep[] {
  const { configuration, truthShape, weighted } = task;
  const { train, score, parts } = networkSteps(task, 0);
  const given = (shapes: readonly (readonly number[])[]) =>
    shapes.map((ofItem) => ({ shape: [atOnce, ...ofItem], dtype: "float32" as const }));
  const ofTruth = weighted ? [truthShape, truthShape] : [truthShape];
  const shapes = task.largestShapes("train");
  const taught = coTeachingOf(configuration) !== null;
  const kept = taught ? [{ shape: [], dtype: "float32" as const }] : [];
  const batchOf = (tensors: readonly tf.Tensor[]): BatchTensors => {
    const [truth, ...rest] = tensors.slice(shapes.length);
    const weights = weighted ? rest[0] : undefined;
    const keptItems = taught ? rest.at(-1) : undefined;
    return {
      inputs: tensors.slice(0, shapes.length),
      truth: truth!,
      ...(weights && { weights }),
      ...(keptItems && { kept: keptItems }),
    };
  };
  const trains = (configuration.optimizer.accumulationSteps > 1 ? [false, true] : [true]).map(
    (last) =>
      (...tensors: tf.Tensor[]) =>
        train(batchOf(tensors), last),
  );
  const scoring =
    parts === null
      ? {
          step: (...tensors: tf.Tensor[]) => score(batchOf(tensors)),
          inputs: given([...task.largestShapes("score"), ...ofTruth]),
        }
      : { step: (...tensors: tf.Tensor[]) => parts.part(tensors), inputs: given(task.largestShapes("train")) };
  return [...trains.map((step) => ({ step, inputs: [...given([...shapes, ...ofTruth]), ...kept] })), scoring];
}
