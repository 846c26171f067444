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

/** Mean, SD and 95 % t interval over seeds. @throws DomainError BAD_INPUT as `commonItems`, and for a doubled seed */
export function summarizeArm(arm: ScoredArm, items: readonly string[] = commonItems(arm.runs)): ArmSummary {
  const means = arm.runs.map(({ seed, scores }) => ({ seed, mean: mean(items.map((item) => scores.get(item)!)) }));
  return summarizeSeeds(arm.name, means, items.length);
}

/** @param n items that each of `means` is of. @throws DomainError BAD_INPUT for a doubled seed */
export function summarizeSeeds(
  name: string,
  means: readonly { readonly seed: number; readonly mean: number }[],
  n: number,
): ArmSummary {
  const seeds = means.map((each) => each.seed);
  if (new Set(seeds).size !== seeds.length) {
    throw new DomainError("BAD_INPUT", `${name}: expected one run per seed, got seeds ${seeds.join(", ")}`, { seeds });
  }
  const seedMeans = means.map(({ seed, mean }) => ({ seed, mean })).sort((a, b) => a.seed - b.seed);
  const values = seedMeans.map((each) => each.mean);
  return {
    name,
    n,
    seeds: values.length,
    mean: mean(values),
    sd: standardDeviation(values),
    ...tInterval(values),
    seedMeans,
  };
}
