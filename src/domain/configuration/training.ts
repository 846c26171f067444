/** @file The fields that a run has whatever its task is, and their limits. */
import type { Check } from "./check.ts";
import { checkOptimizer } from "./optimizer.ts";

export const precisions = ["float32", "bfloat16"] as const;

export const startingParts = ["encoder", "all", "firstBlocks"] as const;

interface Part {
  /** Encoder: of a U-Net the levels down to the deepest, of a classifier all but the head. What is no part of it stays random. */
  readonly part: (typeof startingParts)[number];
  /** Of firstBlocks: how many, from the stem (or a U-Net's first level) on. */
  readonly blocks?: number;
}

type FromRun = { readonly kind: "run"; readonly runId: string };
type FromImport = { readonly kind: "imported"; readonly weightsId: string };

/**
 * Where the weights start. `run`: from the best checkpoint of an earlier run of the same architecture; `imported`: from weights that the
 * team imported; `statistics`: drawn anew with the mean and variance of those weights, their scale without their features.
 */
export type StartingWeights =
  | { readonly kind: "random" }
  | (FromRun & Part)
  | (FromImport & Part)
  | ({ readonly kind: "statistics"; readonly of: FromRun | FromImport } & Part);

/** What the weights are from, as they are or by their statistics; null: random. */
export function startingSource(starting: StartingWeights): FromRun | FromImport | null {
  if (starting.kind === "random") return null;
  return starting.kind === "statistics" ? starting.of : starting;
}

/** How much a run learns from, and how long an epoch is. */
export interface Learning {
  /**
   * Share of the split's training subjects that the run learns from, above 0: all items of ⌈f · n⌉ subjects, nested and stratified
   * (src/domain/trainingSubset.ts). The same seed gives the same part in every arm.
   */
  readonly trainingFraction: number;
  /** Updates of the weights per epoch, as nnU-Net's fixed iterations: the same budget whatever the fraction. null: one pass over the items. */
  readonly stepsPerEpoch: number | null;
}

/** Updates of the weights from one validation to the next. @param items that the run learns from */
export const epochSteps = (
  items: number,
  { batchSize, stepsPerEpoch }: { readonly batchSize: number; readonly stepsPerEpoch: number | null },
): number => stepsPerEpoch ?? Math.ceil(items / batchSize);

/** What a configuration of before these fields means. */
export const learningDefaults: Learning = { trainingFraction: 1, stepsPerEpoch: null };

export interface Augmentation {
  readonly flip: boolean;
  readonly rotate90: boolean;
  /** Largest relative change of brightness and contrast; 0 is off. */
  readonly brightness: number;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const ofKind: Readonly<Record<string, readonly string[]>> = {
  run: ["runId", "part"],
  imported: ["weightsId", "part"],
  statistics: ["of", "part"],
};

/** For `noOtherFields`. */
export function startingWeightsFields(check: Check): string[] {
  const [kind, part] = [check.read("startingWeights.kind"), check.read("startingWeights.part")];
  const own = typeof kind === "string" && Object.hasOwn(ofKind, kind) ? ofKind[kind]! : [];
  return ["kind", ...own, ...(own.length > 0 && part === "firstBlocks" ? ["blocks"] : [])];
}

export function checkStartingWeights(check: Check): void {
  check.oneOf("startingWeights.kind", ["random", "run", "imported", "statistics"]);
  const kind = check.read("startingWeights.kind");
  if (typeof kind !== "string" || !Object.hasOwn(ofKind, kind)) return;
  check.oneOf("startingWeights.part", startingParts);
  if (check.read("startingWeights.part") === "firstBlocks") {
    check.integer("startingWeights.blocks", 1, 100, "blocks from the stem on; 1 is the stem alone");
  }
  const source = kind === "statistics" ? "startingWeights.of" : "startingWeights";
  if (kind === "statistics") check.oneOf("startingWeights.of.kind", ["run", "imported"]);
  const from = check.read(`${source}.kind`);
  if (from === "run") check.matches(`${source}.runId`, uuid, "the id of an earlier run");
  if (from === "imported") check.matches(`${source}.weightsId`, uuid, "the id of imported weights");
}

/** Of a run on images. */
export function checkTraining(check: Check): void {
  checkLearning(check);
  check.boolean("augmentation.flip");
  check.boolean("augmentation.rotate90");
  check.number("augmentation.brightness", 0, 0.9, "0 is off");
}

export function checkLearning(check: Check): void {
  checkOptimizer(check);
  check.integer("batchSize", 1, 256, "items per step");
  check.integer("epochs", 1, 10_000, "passes over the training items, or as many times stepsPerEpoch");
  check.number("trainingFraction", 0.001, 1, "share of the subjects of the training fold; 1 is all of it");
  if (check.read("stepsPerEpoch") !== null) {
    check.integer("stepsPerEpoch", 1, 100_000, "updates per epoch; null is one pass over the items");
  }
  check.integer("threads", 1, 256, "TensorFlow's intra-op threads");
  check.oneOf("precision", precisions);
}
