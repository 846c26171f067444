/** @file A ranking of labels against errors that were planted, so that the truth is known. */
import { averagePrecision } from "../classification/averagePrecision.ts";
import { rank } from "../classification/ranking.ts";
import { type CountedShare, countedShare } from "../wilson.ts";
import { type PrecisionAt, precisionAt, roundPlaces } from "./precisionAt.ts";

export interface RankedLabel {
  /** The lower the more suspect. */
  readonly quality: number;
  readonly isPlanted: boolean;
  /** Null: nothing says from where on labels are held to be wrong. */
  readonly isIssue: boolean | null;
}

export interface PlantedErrors {
  readonly labels: number;
  readonly errors: number;
  /** Of all labels: what a random order would find among its first k. */
  readonly share: number;
  /** Null without an error. */
  readonly averagePrecision: number | null;
  readonly precisionAt: readonly PrecisionAt[];
  /** Of the labels that are held to be wrong, those that are; null where none is held to be. */
  readonly issuePrecision: CountedShare | null;
  /** Of the planted errors, those that are held to be wrong; null where nothing is held to be, or planted. */
  readonly issueRecall: CountedShare | null;
}

/** @param ranked the most suspect first */
export function plantedErrors(ranked: readonly RankedLabel[], confidence = 0.95): PlantedErrors {
  const planted = ranked.filter(({ isPlanted }) => isPlanted);
  const issues = ranked.filter(({ isIssue }) => isIssue === true);
  const hits = issues.filter(({ isPlanted }) => isPlanted).length;
  const judged = ranked.some(({ isIssue }) => isIssue !== null);
  const share = (n: number) => (judged ? countedShare(hits, n, confidence) : null);
  return {
    labels: ranked.length,
    errors: planted.length,
    share: ranked.length === 0 ? 0 : planted.length / ranked.length,
    averagePrecision: averagePrecision(
      rank(ranked.map(({ isPlanted }) => Number(isPlanted)), ranked.map(({ quality }) => -quality)), // biome-ignore format: one line
    ),
    precisionAt: precisionAt(ranked.map(({ isPlanted }) => isPlanted), roundPlaces(ranked.length), confidence), // biome-ignore format: one line
    issuePrecision: share(issues.length),
    issueRecall: share(planted.length),
  };
}
