/** @file The fields that a run has whatever its task is, and their limits. */
import type { Check } from "./check.ts";
import { checkOptimizer } from "./optimizer.ts";

export const precisions = ["float32", "bfloat16"] as const;

/** Where the weights start. `run`: from the best checkpoint of an earlier run of the same architecture. */
export type StartingWeights =
  | { readonly kind: "random" }
  | {
      readonly kind: "run";
      readonly runId: string;
      /** Encoder: of a U-Net the levels down to the deepest, of a classifier all but the head. */
      readonly part: "encoder" | "all";
    };

export interface Augmentation {
  readonly flip: boolean;
  readonly rotate90: boolean;
  /** Largest relative change of brightness and contrast; 0 is off. */
  readonly brightness: number;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** For `noOtherFields`. */
export const startingWeightsFields = ["kind", "runId", "part"] as const;

export function checkStartingWeights(check: Check): void {
  check.oneOf("startingWeights.kind", ["random", "run"]);
  if (check.read("startingWeights.kind") !== "run") return;
  check.oneOf("startingWeights.part", ["encoder", "all"]);
  check.matches("startingWeights.runId", uuid, "the id of an earlier run");
}

export function checkTraining(check: Check): void {
  checkOptimizer(check);
  check.integer("batchSize", 1, 256, "items per step");
  check.integer("epochs", 1, 10_000, "passes over the training items");
  check.boolean("augmentation.flip");
  check.boolean("augmentation.rotate90");
  check.number("augmentation.brightness", 0, 0.9, "0 is off");
  check.integer("threads", 1, 256, "TensorFlow's intra-op threads");
  check.oneOf("precision", precisions);
}
