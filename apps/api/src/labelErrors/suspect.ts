/** @file A ranked label, of classes or of a mask, as the queue is made of it. */
import type { LabelQuestion } from "@tessera/analysis/labelErrors/suspects";

export interface Suspect {
  readonly itemId: string;
  /** Null: of exclusive classes. */
  readonly classIndex: number | null;
  /** Of classes; null: a mask. */
  readonly given: number | null;
  readonly suggested: number | null;
  /** In [0, 1]: the lower the more suspect. */
  readonly quality: number;
  readonly givenProbability: number | null;
  readonly suggestedProbability: number | null;
  /** Null: a mask. */
  readonly isIssue: boolean | null;
  /** Of masks. */
  readonly dice: number | null;
  readonly predictionSha256: string | null;
}

export const labelScores = [
  "selfConfidence",
  "normalisedMargin",
  "maskQuality",
  "softmin",
  "softDice",
  "dice",
] as const;
export type LabelScore = (typeof labelScores)[number];

export interface FoundErrors {
  readonly arm: string;
  readonly repeats: number;
  readonly score: LabelScore;
  /** The most suspect first. */
  readonly suspects: readonly Suspect[];
  readonly questions: readonly LabelQuestion[];
  /** Null: the version was not made by noise. */
  readonly planted: { readonly originalVersionId: string; /** One per suspect. */ readonly isPlanted: readonly boolean[] } | null; // biome-ignore format: one line
}
