/** @file From stored counts to a comparison: scores by @tessera/analysis, put into the shape of the schema. */
import { type ScoredArm, summarizeArm } from "@tessera/analysis/arm";
import { type Comparison as ComparedArms, compareArms } from "@tessera/analysis/comparison";
import { defaultConvention, diceOfCounts, meanScore } from "@tessera/analysis/dice";
import { DomainError } from "@tessera/domain/errors";
import type { Fold, RunState } from "@tessera/domain/words";
import type { EvaluationItem } from "@tessera/store/evaluations";
import type { ArmScore } from "./armScore.type.ts";
import type { Comparison } from "./comparison.type.ts";
import type { CountedRun } from "./countedRun.ts";
import { differenceOf, level, progressOf } from "./difference.ts";
import { itemRows, strataOf } from "./items.ts";

export interface CountedArm {
  readonly name: string;
  readonly runs: readonly CountedRun[];
}

export interface ComparisonInput {
  readonly a: CountedArm;
  readonly b: CountedArm;
  /** Of every planned run of the two arms, scored or not. */
  readonly states: readonly RunState[];
  readonly fold: Fold;
  readonly labelVersionId: string;
  readonly equivalenceMargin: number | null;
}

export function assembleComparison(input: ComparisonInput): Comparison {
  const { a, b, fold, labelVersionId } = input;
  const scored = { a: scoredArm(a), b: scoredArm(b) };
  const compared = compareOrReason(scored, input);
  const paired = "difference" in compared ? compared : null;
  const items = itemRows(pairedRuns(a, b), pairedRuns(b, a));
  return {
    fold,
    convention: defaultConvention.text,
    labelVersionId,
    armA: armScore(scored.a, a, paired?.a),
    armB: armScore(scored.b, b, paired?.b),
    difference: differenceOf({ compared: paired, reason: compared.reason }),
    perSeed: seedPairs(scored, paired),
    unpairedSeeds: unpairedSeeds(scored),
    itemsLeftOut: paired?.itemsLeftOut ?? 0,
    items,
    strata: strataOf(items),
    theseRunsOnly: paired && { low: paired.bootstrap.low, high: paired.bootstrap.high, level },
  };
}

/** One score per item: the mean over its classes that are defined. */
export function scoresOf(items: readonly EvaluationItem[]): Map<string, number | null> {
  const byItem = Map.groupBy(items, (item) => item.itemId);
  return new Map([...byItem].map(([itemId, rows]) => [itemId, meanScore(rows.map((row) => diceOfCounts(row))).mean]));
}

const scoredArm = ({ name, runs }: CountedArm): ScoredArm => ({
  name,
  runs: runs.map(({ seed, items }) => ({ seed, scores: scoresOf(items) })),
});

/** The seeds that one arm alone has a score for, ascending. */
function unpairedSeeds({ a, b }: { a: ScoredArm; b: ScoredArm }): number[] {
  const [seedsA, seedsB] = [a.runs.map(({ seed }) => seed), b.runs.map(({ seed }) => seed)];
  const alone = [
    ...seedsA.filter((seed) => !seedsB.includes(seed)),
    ...seedsB.filter((seed) => !seedsA.includes(seed)),
  ];
  return alone.sort((x, y) => x - y);
}

/** While runs are still coming in, the arms may have no seed or no scored item in common yet: said, not failed. */
function compareOrReason(
  { a, b }: { a: ScoredArm; b: ScoredArm },
  { equivalenceMargin, states }: ComparisonInput,
): ComparedArms | { reason: string } {
  try {
    return compareArms(a, b, { delta: equivalenceMargin, runs: progressOf(states) });
  } catch (error) {
    if (error instanceof DomainError && error.code === "BAD_INPUT")
      return { reason: `No comparison: ${error.message}` };
    throw error;
  }
}

/** The runs of an arm whose seed the other arm has too; all where none is. */
function pairedRuns(arm: CountedArm, other: CountedArm): readonly CountedRun[] {
  const seeds = new Set(other.runs.map((run) => run.seed));
  const both = arm.runs.filter((run) => seeds.has(run.seed));
  return both.length > 0 ? both : arm.runs;
}

function armScore(scored: ScoredArm, counted: CountedArm, paired: ComparedArms["a"] | undefined): ArmScore {
  const summary = paired ?? summaryOf(scored);
  const runIdOf = new Map(counted.runs.map((run) => [run.seed, run.runId]));
  return {
    arm: scored.name,
    mean: summary?.mean ?? null,
    sd: summary?.sd ?? null,
    seeds: summary?.seeds ?? scored.runs.length,
    items: summary?.n ?? 0,
    perSeed: (summary?.seedMeans ?? scored.runs.map(({ seed }) => ({ seed, mean: null }))).map(({ seed, mean }) => ({
      seed,
      mean,
      runId: runIdOf.get(seed) ?? "",
    })),
  };
}

/** Of one arm by itself; undefined where its runs have no scored item in common. */
function summaryOf(arm: ScoredArm): ComparedArms["a"] | undefined {
  try {
    return summarizeArm(arm);
  } catch (error) {
    if (error instanceof DomainError && error.code === "BAD_INPUT") return undefined;
    throw error;
  }
}

/**
 * Every seed that either arm has; null where one arm lacks it. Of paired seeds the means that the difference is made of,
 * over the common items; of another seed the mean over its own scored items.
 */
function seedPairs({ a, b }: { a: ScoredArm; b: ScoredArm }, paired: ComparedArms | null): Comparison["perSeed"] {
  const means = (arm: ScoredArm, compared: ComparedArms["a"] | undefined) =>
    new Map<number, number | null>([
      ...arm.runs.map(({ seed, scores }) => [seed, meanScore([...scores.values()]).mean] as const),
      ...(compared?.seedMeans ?? []).map(({ seed, mean }) => [seed, mean] as const),
    ]);
  const [meansA, meansB] = [means(a, paired?.a), means(b, paired?.b)];
  const seeds = [...new Set([...meansA.keys(), ...meansB.keys()])].sort((x, y) => x - y);
  return seeds.map((seed) => ({ seed, a: meansA.get(seed) ?? null, b: meansB.get(seed) ?? null }));
}
