/** @file All that is kept of one class of one item, and the runs that it comes from. */
import type { PredictionMeasures, TruthProfile } from "@tessera/domain/measures";
import type { ScoredArm } from "../arm.ts";
import { meanScore, type PixelCounts } from "../dice.ts";
import type { Spacing } from "./distanceTransform.ts";

export interface ClassCounts extends PixelCounts {
  readonly trueNegatives: number;
}

/** A prediction of one class of one item. */
export interface PredictionFacts {
  readonly counts: ClassCounts;
  readonly prediction: PredictionMeasures;
}

export interface ItemFacts extends PredictionFacts {
  readonly truth: TruthProfile;
  /** Of the square that was scored, pixels. */
  readonly width: number;
  readonly height: number;
  /** mm per pixel of this square; null where the item has none. */
  readonly spacing: Spacing | null;
}

export interface RunOf<Facts> {
  readonly seed: number;
  /** By item id, one per class that is asked for. */
  readonly items: ReadonlyMap<string, readonly Facts[]>;
}

export interface ArmOf<Facts> {
  readonly name: string;
  readonly runs: readonly RunOf<Facts>[];
}

/** The same arm with something else of each class of each item. */
export const mapFacts = <Facts, Other>(arm: ArmOf<Facts>, other: (facts: Facts) => Other): ArmOf<Other> => ({
  name: arm.name,
  runs: arm.runs.map(({ seed, items }) => ({
    seed,
    items: new Map([...items].map(([item, classes]) => [item, classes.map(other)])),
  })),
});

/** Scores of every item: the mean over its classes that are defined; null where none is. */
export function scoredArm<Facts>(arm: ArmOf<Facts>, score: (facts: Facts) => number | null): ScoredArm {
  return {
    name: arm.name,
    runs: arm.runs.map(({ seed, items }) => ({
      seed,
      scores: new Map([...items].map(([item, classes]) => [item, meanScore(classes.map(score)).mean])),
    })),
  };
}
