/**
 * @file The full configuration of a classification run, its limits, and the check that names field, limits and fix.
 *
 * How many classes there are, and whether an item has exactly one of them, the label schema says.
 */
import { Check, type Problem, refuseProblems } from "./check.ts";
import { type ClassificationLoss, checkClassificationLoss, classificationLossFields } from "./classificationLoss.ts";
import { type ClassifierModel, checkClassifier, classifierFields } from "./classifier.ts";
import { completeLoss } from "./loss.ts";
import { checkMethod, methodFields, type TrainingMethod } from "./method.ts";
import { completeOptimizer, type OptimizerConfiguration, optimizerFields } from "./optimizer.ts";
import {
  type Augmentation,
  checkStartingWeights,
  checkTraining,
  type Learning,
  learningDefaults,
  type precisions,
  type StartingWeights,
  startingWeightsFields,
} from "./training.ts";

export interface ClassificationConfiguration extends Learning {
  readonly task: "classification";
  readonly model: ClassifierModel;
  readonly startingWeights: StartingWeights;
  readonly loss: ClassificationLoss;
  /** Absent in configurations that are older: plain. */
  readonly method: TrainingMethod;
  readonly optimizer: OptimizerConfiguration;
  /** Items per update of the weights. */
  readonly batchSize: number;
  readonly epochs: number;
  readonly augmentation: Augmentation;
  /** TensorFlow's intra-op threads. The same count gives the same curve, bit for bit; 1 and 2 differ from each other. */
  readonly threads: number;
  /** Of training, as in segmentation. */
  readonly precision: (typeof precisions)[number];
}

export const classificationDefaults: ClassificationConfiguration = {
  task: "classification",
  model: { family: "resnet", size: 64, channels: 3, baseFilters: 16, blocks: [2, 2, 2, 2], stem: "3x3" },
  startingWeights: { kind: "random" },
  loss: { name: "crossEntropy", labelSmoothing: 0 },
  method: { kind: "plain" },
  optimizer: {
    name: "adam",
    learningRate: 1e-3,
    schedule: "cosine",
    warmupEpochs: 0,
    clipNorm: 0,
    accumulationSteps: 1,
    emaDecay: 0,
  },
  batchSize: 32,
  epochs: 15,
  ...learningDefaults,
  augmentation: { flip: true, rotate90: false, brightness: 0.2 },
  threads: 2,
  precision: "float32",
};

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `value` with every field that it may leave out: the loss may be its name alone. */
export function completeClassification(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { loss, optimizer, model } = value;
  return {
    precision: classificationDefaults.precision,
    ...learningDefaults,
    method: classificationDefaults.method,
    ...value,
    ...(isObject(model) && { model: { channels: 3, ...model } }),
    ...(loss !== undefined && { loss: completeLoss(loss) }),
    ...(optimizer !== undefined && { optimizer: completeOptimizer(optimizer) }),
  };
}

/** Everything wrong with `value`, or an empty list, as segmentationProblems. */
export const classificationProblems = (value: unknown): Problem[] =>
  problemsOf(new Check(completeClassification(value)));

function problemsOf(check: Check): Problem[] {
  check.oneOf("task", ["classification"]);
  checkClassifier(check);
  checkStartingWeights(check);
  checkClassificationLoss(check);
  checkMethod(check);
  checkTraining(check);
  check.noOtherFields(classificationDefaults, {
    model: classifierFields(check.read("model.family")),
    startingWeights: startingWeightsFields(check),
    loss: classificationLossFields(check),
    method: methodFields(check.read("method.kind")),
    optimizer: optimizerFields(check.read("optimizer.name"), check.read("optimizer.schedule")),
  });
  return check.problems;
}

/**
 * @returns the configuration with every field
 * @throws DomainError BAD_INPUT that lists every problem
 */
export function parseClassification(value: unknown): ClassificationConfiguration {
  const complete = completeClassification(value);
  refuseProblems(problemsOf(new Check(complete)));
  return complete as ClassificationConfiguration;
}
