/** @file An arm: runs that differ in their seed alone, each with one score per item. */
import { DomainError } from "@tessera/domain/errors";
import { type Interval, tInterval } from "./studentT.ts";
import { mean, standardDeviation } from "./summary.ts";

export interface ScoredRun {
  readonly seed: number;
  /** By item id; null where the score is undefined. */
  readonly scores: ReadonlyMap<string, number | null>;
}

export interface ScoredArm {
  readonly name: string;
  readonly runs: readonly ScoredRun[];
}

export interface ArmSummary extends Interval {
  readonly name: string;
  /** Items scored in every run. */
  readonly n: number;
  readonly seeds: number;
  /** Mean over items, averaged over seeds. */
  readonly mean: number;
  /** Over the seeds' means; null for one seed. */
  readonly sd: number | null;
  readonly seedMeans: readonly { readonly seed: number; readonly mean: number }[];
}

/**
 * Items with a defined score in every one of `runs`, so that every run is scored on the same items.
 * @throws DomainError BAD_INPUT when there is none, a seed is doubled, or a score is not a finite number
 */
export function commonItems(runs: readonly ScoredRun[]): string[] {
  const [first, ...rest] = runs;
  if (!first) throw new DomainError("BAD_INPUT", "Expected at least one run with scores, got none");
  const common = [...first.scores.keys()].filter((item) =>
    [first, ...rest].every(({ scores, seed }) => {
      const score = scores.get(item) ?? null;
      if (score !== null && !Number.isFinite(score)) {
        throw new DomainError("BAD_INPUT", `Item ${item}, seed ${seed}: expected a finite score or none, got ${score}`);
      }
      return score !== null;
    }),
  );
  if (common.length === 0) {
    throw new DomainError(
      "BAD_INPUT",
      "The runs have no item in common with a defined score; compare runs of one split",
    );
  }
  return common.sort();
}

/** @param items the items to average over. @throws DomainError BAD_INPUT for a doubled seed */
export function seedMeans(arm: ScoredArm, items: readonly string[]): { seed: number; mean: number }[] {
  const seeds = arm.runs.map((run) => run.seed);
  if (new Set(seeds).size !== seeds.length) {
    throw new DomainError("BAD_INPUT", `${arm.name}: expected one run per seed, got seeds ${seeds.join(", ")}`, {
      seeds,
    });
  }
  return arm.runs
    .map(({ seed, scores }) => ({ seed, mean: mean(items.map((item) => scores.get(item)!)) }))
    .sort((a, b) => a.seed - b.seed);
}

/** Mean, SD and 95 % t interval over seeds. @throws DomainError BAD_INPUT as `commonItems` and `seedMeans` */
export function summarizeArm(arm: ScoredArm, items: readonly string[] = commonItems(arm.runs)): ArmSummary {
  const means = seedMeans(arm, items);
  const values = means.map((each) => each.mean);
  return {
    name: arm.name,
    n: items.length,
    seeds: values.length,
    mean: mean(values),
    sd: standardDeviation(values),
    ...tInterval(values),
    seedMeans: means,
  };
}
