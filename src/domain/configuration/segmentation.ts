/**
 * @file The full configuration of a segmentation run, its limits, and the check that names field, limits and fix.
 *
 * The api checks a configuration with this file alone; no TensorFlow is needed to refuse one.
 */
import { Check, type Problem, refuseProblems } from "./check.ts";
import { checkLoss, completeLoss, type LossConfiguration, lossFields } from "./loss.ts";
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

export const normalizations = ["batch", "none"] as const;

export interface UNetModel {
  readonly family: "unet";
  /** Side of the square input, pixels. Divides by 2^depth. */
  readonly size: number;
  /** Number of poolings. 5 takes 256 px to 8 px; 0: no reduction, the first level's block alone (decision 0025). */
  readonly depth: number;
  /** Filters in the first level; each level below doubles them. */
  readonly baseFilters: number;
  readonly normalization: (typeof normalizations)[number];
  /** One switch per skip connection, finest first; its length is `depth`. */
  readonly skips: readonly boolean[];
}

export interface SegmentationConfiguration extends Learning {
  readonly task: "segmentation";
  readonly model: UNetModel;
  readonly startingWeights: StartingWeights;
  readonly loss: LossConfiguration;
  readonly optimizer: OptimizerConfiguration;
  /** Items per update of the weights. */
  readonly batchSize: number;
  readonly epochs: number;
  readonly augmentation: Augmentation;
  /** Probability from which a pixel counts as foreground when scored. */
  readonly threshold: number;
  /** TensorFlow's intra-op threads. The same count gives the same curve, bit for bit; 1 and 2 differ from each other. */
  readonly threads: number;
  /** Of training: bfloat16 is mixed precision, on CPUs that have it. Scoring is always in float32. */
  readonly precision: (typeof precisions)[number];
}

export const segmentationDefaults: SegmentationConfiguration = {
  task: "segmentation",
  model: {
    family: "unet",
    size: 128,
    depth: 5,
    baseFilters: 16,
    normalization: "batch",
    skips: [true, true, true, true, true],
  },
  startingWeights: { kind: "random" },
  loss: completeLoss("softDiceCrossEntropy"),
  optimizer: {
    name: "adam",
    learningRate: 1e-3,
    schedule: "cosine",
    warmupEpochs: 0,
    clipNorm: 0,
    accumulationSteps: 1,
    emaDecay: 0,
  },
  batchSize: 8,
  epochs: 15,
  ...learningDefaults,
  augmentation: { flip: true, rotate90: true, brightness: 0.2 },
  threshold: 0.5,
  threads: 2,
  precision: "float32",
};

/** `value` with every field that it may leave out: a configuration of before a field existed means what it did. */
export function completeSegmentation(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("optimizer" in value)) return value;
  return {
    precision: segmentationDefaults.precision,
    ...learningDefaults,
    ...value,
    ...("loss" in value && { loss: completeLoss(value.loss) }),
    optimizer: completeOptimizer(value.optimizer),
  };
}

/**
 * Everything wrong with `value`, or an empty list. Fields that may be left out are filled first; unknown fields are
 * problems: a typo must not be ignored.
 */
export function segmentationProblems(value: unknown): Problem[] {
  return problemsOf(new Check(completeSegmentation(value)));
}

function problemsOf(check: Check): Problem[] {
  check.oneOf("task", ["segmentation"]);
  check.oneOf("model.family", ["unet"]);
  check.integer("model.size", 16, 1024, "pixels; 128 trains in minutes on two cores");
  const depth = check.integer("model.depth", 0, 7, "poolings; 5 takes 256 px to 8 px, 0 is no reduction");
  check.integer("model.baseFilters", 2, 128, "filters of the first level");
  check.oneOf("model.normalization", normalizations);
  check.booleans("model.skips", depth, "one switch per level, finest first: as many as model.depth");
  const size = check.read("model.size");
  if (depth !== undefined && Number.isInteger(size) && (size as number) % 2 ** depth !== 0) {
    const below = Math.max(1, Math.floor((size as number) / 2 ** depth)) * 2 ** depth;
    check.problem(
      "model.size",
      `a multiple of 2^depth = ${2 ** depth}`,
      size,
      `use ${below}, or a smaller model.depth`,
    );
  }
  checkStartingWeights(check);
  checkLoss(check);
  check.number("threshold", 0.01, 0.99, "0.5 unless chosen on validation");
  checkTraining(check);
  check.noOtherFields(segmentationDefaults, {
    startingWeights: startingWeightsFields(check),
    loss: lossFields(check.read("loss.name")),
    optimizer: optimizerFields(check.read("optimizer.name"), check.read("optimizer.schedule")),
  });
  return check.problems;
}

/**
 * @returns the configuration with every field
 * @throws DomainError BAD_INPUT that lists every problem: field, what is allowed, what came, what to do.
 */
export function parseSegmentation(value: unknown): SegmentationConfiguration {
  const complete = completeSegmentation(value);
  refuseProblems(problemsOf(new Check(complete)));
  return complete as SegmentationConfiguration;
}
