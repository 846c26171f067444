/**
 * @file The full configuration of a run of multiple-instance learning, its limits, and the check that names field, limits and fix.
 *
 * An item is a bag of tiles; its label is that of a classification. How many features a tile has the items say; how many classes there
 * are, and whether an item has exactly one of them, the label schema says.
 */
import { Check, type Problem, refuseProblems } from "./check.ts";
import { epochChoices } from "./choice.ts";
import { classificationDefaults } from "./classification.ts";
import { type ClassificationLoss, checkClassificationLoss, classificationLossFields } from "./classificationLoss.ts";
import { completeLoss } from "./loss.ts";
import { attentions, bagPoolings, type MilModel, tileConvolutions } from "./mil.ts";
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

type WithoutSizes<M> = M extends MilModel ? Omit<M, "features" | "classes"> : never;

/** The model but for what items and label schema say. */
export type MilRunModel = WithoutSizes<MilModel>;

export interface MilConfiguration extends Learning {
  readonly task: "mil";
  readonly model: MilRunModel;
  readonly startingWeights: StartingWeights;
  readonly loss: ClassificationLoss;
  /** training: each feature less its mean over the training bags' tiles, over its standard deviation there; none: as they came. */
  readonly scaling: (typeof scalings)[number];
  /** tiles: how many of a larger bag are drawn for training, anew in every pass; null: all. Scored are all tiles, always. */
  readonly bag: { readonly tiles: number | null };
  readonly optimizer: OptimizerConfiguration;
  /** Bags per update of the weights. */
  readonly batchSize: number;
  readonly epochs: number;
  /** Which epoch is scored: the best on the validation fold, or the last, without a choice. */
  readonly choose: (typeof epochChoices)[number];
  readonly threads: number;
  readonly precision: (typeof precisions)[number];
}

/** Weight decay, rate and one bag per update as in Ilse et al. 2018, arXiv:1802.04712, table 8. */
export const milDefaults: MilConfiguration = {
  task: "mil",
  model: { family: "attentionMil", convolution: "none", encoder: [256], dropout: 0, hidden: 128, attention: "gated" },
  startingWeights: { kind: "random" },
  loss: { name: "crossEntropy", labelSmoothing: 0 },
  scaling: "training",
  bag: { tiles: null },
  optimizer: { ...classificationDefaults.optimizer, learningRate: 1e-4, schedule: "constant" },
  batchSize: 1,
  epochs: 50,
  choose: "best",
  ...learningDefaults,
  threads: 2,
  precision: "float32",
};

const families = [
  "tileLabelMil",
  "instanceMil",
  "embeddingMil",
  "attentionMil",
  "dualStreamMil",
  "transformerMil",
] as const;
const mostLayers = 8;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One layer's width alone, and null for none, are how configurations said it before there could be several. */
function completeModel(model: Json): Json {
  const { encoder } = model;
  const widths = encoder === null ? [] : typeof encoder === "number" ? [encoder] : encoder;
  return { dropout: 0, ...model, ...(widths !== undefined && { encoder: widths }) };
}

/** `value` with every field that it may leave out: the loss may be its name alone. */
export function completeMil(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { loss, model, optimizer } = value;
  return {
    precision: milDefaults.precision,
    scaling: milDefaults.scaling,
    bag: milDefaults.bag,
    choose: milDefaults.choose,
    ...learningDefaults,
    ...value,
    ...(isObject(model) && { model: completeModel(model) }),
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
  if (check.read("model.family") === "tileLabelMil") check.oneOf("loss.name", ["crossEntropy"]); // of every tile
  checkClassificationLoss(check);
  check.oneOf("scaling", scalings);
  check.oneOf("choose", epochChoices);
  if (check.read("bag.tiles") !== null) {
    check.integer("bag.tiles", 1, 100_000, "tiles drawn of a larger bag in every pass; null is all of them");
  }
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
  const common = ["family", "convolution", "encoder", "dropout"];
  if (family === "tileLabelMil") return common;
  if (family === "transformerMil") return [...common, "heads", "landmarks"];
  if (family === "attentionMil") return [...common, "hidden", "attention"];
  if (family === "dualStreamMil") return [...common, "hidden"];
  return [...common, "pooling", ...(pooling === "topK" ? ["k"] : [])];
}

function checkModel(check: Check): void {
  check.oneOf("model.family", families);
  if (check.read("model.convolution") !== undefined) check.oneOf("model.convolution", tileConvolutions);
  const encoder = check.read("model.encoder");
  const isWidth = (width: unknown) => Number.isInteger(width) && (width as number) >= 2 && (width as number) <= 4096;
  if (!(Array.isArray(encoder) && encoder.length <= mostLayers && encoder.every(isWidth))) {
    const expected = `a list of at most ${mostLayers} whole numbers from 2 to 4096`;
    check.problem("model.encoder", expected, encoder, "widths of the layers that every tile passes first; [] is none");
  }
  check.number("model.dropout", 0, 0.9, "share dropped after each of these layers; 0.5 in Wang et al. 2018, 0 is off");
  const family = check.read("model.family");
  if (family === "attentionMil" || family === "dualStreamMil") {
    check.integer("model.hidden", 2, 4096, "width of the attention's hidden layer; 128 in Ilse et al.");
    if (family === "attentionMil") check.oneOf("model.attention", attentions);
  } else if (family === "instanceMil" || family === "embeddingMil") {
    check.oneOf("model.pooling", bagPoolings);
    if (check.read("model.pooling") === "topK") check.integer("model.k", 1, 10_000, "tiles that count");
  } else if (family === "transformerMil") {
    checkTransformer(check);
  }
}

function checkTransformer(check: Check): void {
  const heads = check.integer("model.heads", 1, 64, "8 in Shao et al.");
  const encoder = check.read("model.encoder");
  const width: unknown = Array.isArray(encoder) ? encoder.at(-1) : undefined;
  if (width === undefined) {
    check.problem("model.encoder", "at least one width", encoder, "the last is that of the tokens, 512 in Shao et al.");
  } else if (heads !== undefined && typeof width === "number" && width % heads !== 0) {
    check.problem(
      "model.heads",
      `a divisor of the tokens' width ${width}`,
      heads,
      "each head takes an equal part of it",
    );
  }
  if (check.read("model.landmarks") !== null) {
    check.integer("model.landmarks", 2, 1024, "half the width in Shao et al.; null is exact attention");
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
