/**
 * @file The full configuration of a run of multiple-instance learning, its limits, and the check that names field, limits and fix.
 *
 * An item is a bag of tiles; its label is that of a classification. How many features a tile has the items say; how many classes there
 * are, and whether an item has exactly one of them, the label schema says.
 */
import { Check, type Problem, refuseProblems } from "./check.ts";
import { classificationDefaults } from "./classification.ts";
import { type ClassificationLoss, checkClassificationLoss, classificationLossFields } from "./classificationLoss.ts";
import { completeLoss } from "./loss.ts";
import { attentions, bagPoolings, type MilModel } from "./mil.ts";
import { completeOptimizer, type OptimizerConfiguration, optimizerFields } from "./optimizer.ts";
import {
  checkLearning,
  checkStartingWeights,
  type Learning,
  learningDefaults,
  type precisions,
  type StartingWeights,
  startingWeightsFields,
} from "./training.ts";

export const scalings = ["training", "none"] as const;

type WithoutSizes<M> = M extends MilModel ? Omit<M, "features" | "classes" | "dropout"> : never;

/** The model but for what items and label schema say. No dropout: its random state is in no checkpoint yet. */
export type MilRunModel = WithoutSizes<MilModel>;

export interface MilConfiguration extends Learning {
  readonly task: "mil";
  readonly model: MilRunModel;
  readonly startingWeights: StartingWeights;
  readonly loss: ClassificationLoss;
  /** training: each feature less its mean over the training bags' tiles, over its standard deviation there; none: as they came. */
  readonly scaling: (typeof scalings)[number];
  readonly optimizer: OptimizerConfiguration;
  /** Bags per update of the weights. */
  readonly batchSize: number;
  readonly epochs: number;
  readonly threads: number;
  readonly precision: (typeof precisions)[number];
}

/** Weight decay, rate and one bag per update as in Ilse et al. 2018, arXiv:1802.04712, table 8. */
export const milDefaults: MilConfiguration = {
  task: "mil",
  model: { family: "attentionMil", encoder: 256, hidden: 128, attention: "gated" },
  startingWeights: { kind: "random" },
  loss: { name: "crossEntropy", labelSmoothing: 0 },
  scaling: "training",
  optimizer: { ...classificationDefaults.optimizer, learningRate: 1e-4, schedule: "constant" },
  batchSize: 1,
  epochs: 50,
  ...learningDefaults,
  threads: 2,
  precision: "float32",
};

const families = ["instanceMil", "embeddingMil", "attentionMil", "dualStreamMil"] as const;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `value` with every field that it may leave out: the loss may be its name alone. */
export function completeMil(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { loss, optimizer } = value;
  return {
    precision: milDefaults.precision,
    scaling: milDefaults.scaling,
    ...learningDefaults,
    ...value,
    ...(loss !== undefined && { loss: completeLoss(loss) }),
    ...(optimizer !== undefined && { optimizer: completeOptimizer(optimizer) }),
  };
}

/** Everything wrong with `value`, or an empty list, as segmentationProblems. */
export const milProblems = (value: unknown): Problem[] => problemsOf(new Check(completeMil(value)));

function problemsOf(check: Check): Problem[] {
  check.oneOf("task", ["mil"]);
  checkModel(check);
  checkStartingWeights(check);
  checkClassificationLoss(check);
  check.oneOf("scaling", scalings);
  checkLearning(check);
  check.noOtherFields(milDefaults, {
    model: modelFields(check.read("model.family"), check.read("model.pooling")),
    startingWeights: startingWeightsFields(check),
    loss: classificationLossFields(check),
    optimizer: optimizerFields(check.read("optimizer.name"), check.read("optimizer.schedule")),
  });
  return check.problems;
}

function modelFields(family: unknown, pooling: unknown): string[] {
  const common = ["family", "encoder"];
  if (family === "attentionMil") return [...common, "hidden", "attention"];
  if (family === "dualStreamMil") return [...common, "hidden"];
  return [...common, "pooling", ...(pooling === "topK" ? ["k"] : [])];
}

function checkModel(check: Check): void {
  check.oneOf("model.family", families);
  if (check.read("model.encoder") !== null) {
    check.integer("model.encoder", 2, 4096, "width of the layer that every tile passes first; null is none");
  }
  const family = check.read("model.family");
  if (family === "attentionMil" || family === "dualStreamMil") {
    check.integer("model.hidden", 2, 4096, "width of the attention's hidden layer; 128 in Ilse et al.");
    if (family === "attentionMil") check.oneOf("model.attention", attentions);
  } else if (family === "instanceMil" || family === "embeddingMil") {
    check.oneOf("model.pooling", bagPoolings);
    if (check.read("model.pooling") === "topK") check.integer("model.k", 1, 10_000, "tiles that count");
  }
}

/**
 * @returns the configuration with every field
 * @throws DomainError BAD_INPUT that lists every problem
 */
export function parseMil(value: unknown): MilConfiguration {
  const complete = completeMil(value);
  refuseProblems(problemsOf(new Check(complete)));
  return complete as MilConfiguration;
}
