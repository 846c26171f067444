/** @file The model, its update rule, and the two steps over them: what network.ts compiles and runPlan.ts plans. */
import * as tf from "@tensorflow/tfjs";
import { coTeachingOf } from "@tessera/domain/configuration/method";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import type { UpdateRule } from "@tessera/engine/optimizers/updateRule";
import type { PlannedStep } from "@tessera/engine/plan/plan";
import type { BatchTensors } from "./batchTensors.ts";
import { coTeachingLoss, peerSeed } from "./coTeaching.ts";
import type { Task } from "./task.ts";
import { updateRuleOf } from "./updateRule.ts";

export interface NetworkSteps {
  readonly model: tf.LayersModel;
  /** The averaged weights, where the configuration asks for them: these are scored. */
  readonly averaged: tf.LayersModel | null;
  /** Of co-teaching: the second network, trained with the first and never scored. */
  readonly peer: tf.LayersModel | null;
  readonly rule: UpdateRule;
  /** `last` completes the update. @returns the loss before it */
  readonly train: (batch: BatchTensors, last: boolean) => tf.Scalar;
  /** Probabilities of the truth's shape. */
  readonly score: (batch: BatchTensors) => { readonly probabilities: tf.Tensor; readonly loss: tf.Scalar };
}

/** Items that are in the model at once. */
export const itemsAtOnce = ({ batchSize, optimizer }: RunConfiguration): number =>
  batchSize / optimizer.accumulationSteps;

export function networkSteps(task: Task, seed: number): NetworkSteps {
  const { optimizer } = task.configuration;
  const model = task.model(seed);
  const averaged = optimizer.emaDecay > 0 ? task.model(seed) : null;
  const scored = averaged ?? model;
  const peer = coTeachingOf(task.configuration) === null ? null : task.model(peerSeed(seed));
  const rule = updateRuleOf(optimizer, { model, averaged, peer });
  return {
    model,
    averaged,
    peer,
    rule,
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
    score: ({ inputs, truth, weights }) =>
      tf.tidy(() => {
        const { logits, streams } = task.forward(scored, inputs, false);
        return { probabilities: task.probabilities(logits), loss: task.loss(logits, truth, weights, streams) };
      }),
  };
}

/**
 * The same steps for a plan, on the shapes of so many items: updates that wait for more parts first, where there are any.
 * @param atOnce items in the model at once
 */
export function plannedSteps(task: Task, atOnce: number): PlannedStep[] {
  const { configuration, truthShape, weighted } = task;
  const { train, score } = networkSteps(task, 0);
  const shapes = task.largestShapes();
  const ofItems = [...shapes, truthShape, ...(weighted ? [truthShape] : [])].map((ofItem) => [atOnce, ...ofItem]);
  const taught = coTeachingOf(configuration) !== null;
  const inputs = [...ofItems, ...(taught ? [[]] : [])].map((shape) => ({ shape, dtype: "float32" as const }));
  const batchOf = (tensors: readonly tf.Tensor[]): BatchTensors => {
    const [truth, ...rest] = tensors.slice(shapes.length);
    const weights = weighted ? rest[0] : undefined;
    const kept = taught ? rest.at(-1) : undefined;
    return {
      inputs: tensors.slice(0, shapes.length),
      truth: truth!,
      ...(weights && { weights }),
      ...(kept && { kept }),
    };
  };
  const trains = (configuration.optimizer.accumulationSteps > 1 ? [false, true] : [true]).map(
    (last) =>
      (...tensors: tf.Tensor[]) =>
        train(batchOf(tensors), last),
  );
  return [...trains, (...tensors: tf.Tensor[]) => score(batchOf(tensors))].map((step) => ({ step, inputs }));
}
