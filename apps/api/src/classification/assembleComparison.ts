/** @file Two arms of predictions in one metric: compared by @tessera/analysis, put into the shape of the schema. */
import {
  type ClassificationComparison as ComparedArms,
  compareAucs,
  compareMetric,
} from "@tessera/analysis/classification/compareRuns";
import { type ClassificationMetric, metricOfRun } from "@tessera/analysis/classification/metrics";
import { type PredictionTable, scoredClasses } from "@tessera/analysis/classification/table";
import { meanAndSd } from "@tessera/analysis/summary";
import { DomainError } from "@tessera/domain/errors";
import type { Fold, RunState } from "@tessera/domain/words";
import type { ArmScore } from "../comparison/armScore.type.ts";
import type { EvaluatedRun } from "../comparison/countedRun.ts";
import { differenceOf, level, progressOf } from "../comparison/difference.ts";
import type { AucTest } from "./aucTest.type.ts";
import type { ClassificationComparison } from "./classificationComparison.type.ts";

export interface TabledArm {
  readonly name: string;
  readonly runs: readonly (EvaluatedRun & { readonly table: PredictionTable })[];
}

interface Input {
  readonly a: TabledArm;
  readonly b: TabledArm;
  readonly metric: ClassificationMetric;
  readonly specificity: number;
  /** Of the runs of the AUC tests; null: the first that both arms have. */
  readonly seed: number | null;
  readonly states: readonly RunState[];
  readonly fold: Fold;
  readonly equivalenceMargin: number | null;
}

/** @throws DomainError BAD_INPUT for a seed that not both arms have */
export function assembleComparison(input: Input): ClassificationComparison {
  const { a, b, metric, specificity, fold } = input;
  const compared = compareOrReason(input);
  const paired = "difference" in compared ? compared : null;
  const [valuesA, valuesB] = [valuesOf(a, paired?.a), valuesOf(b, paired?.b)];
  const seeds = [...new Set([...valuesA.keys(), ...valuesB.keys()])].sort((x, y) => x - y);
  const perSeed = seeds.map((seed) => ({ seed, a: valuesA.get(seed) ?? null, b: valuesB.get(seed) ?? null }));
  return {
    fold,
    metric,
    armA: armScore(a, valuesA, paired?.a),
    armB: armScore(b, valuesB, paired?.b),
    difference: differenceOf({ compared: paired && { itemsLeftOut: 0, ...paired }, reason: compared.reason }),
    perSeed,
    unpairedSeeds: perSeed.filter((each) => (each.a === null) !== (each.b === null)).map(({ seed }) => seed),
    itemsLeftOut: paired && "itemsLeftOut" in paired ? paired.itemsLeftOut : 0,
    theseRunsOnly: paired?.bootstrap ? { ...paired.bootstrap, level } : null,
    aucTests: aucTests(input),
  };

  /** By seed: of paired ones what the difference is made of, of others the run's own. */
  function valuesOf(arm: TabledArm, summary: ComparedArms["a"] | undefined): Map<number, number | null> {
    return new Map<number, number | null>([
      ...arm.runs.map(({ seed, table }) => [seed, metricOfRun(metric, table, specificity)] as const),
      ...(summary?.seedMeans ?? []).map(({ seed, mean }) => [seed, mean] as const),
    ]);
  }
}

/** While runs are still coming in, the arms may have no seed in common yet: said, not failed. */
function compareOrReason({ a, b, metric, specificity, states, equivalenceMargin }: Input) {
  const delta = metric.name === "auc" ? equivalenceMargin : null; // it was declared for the headline
  try {
    return compareMetric(a, b, metric, { specificity, delta, runs: progressOf(states) });
  } catch (error) {
    if (error instanceof DomainError && error.code === "BAD_INPUT")
      return { reason: `No comparison: ${error.message}` };
    throw error;
  }
}

function armScore(
  { name, runs }: TabledArm,
  values: ReadonlyMap<number, number | null>,
  paired: ComparedArms["a"] | undefined,
): ArmScore {
  const shown = runs.filter(({ seed }) => !paired || paired.seedMeans.some((each) => each.seed === seed));
  const defined = shown.flatMap(({ seed }) => values.get(seed) ?? []);
  return {
    arm: name,
    mean: paired?.mean ?? meanAndSd(defined).mean,
    sd: paired ? paired.sd : meanAndSd(defined).sd,
    seeds: paired?.seeds ?? defined.length,
    items: paired?.n ?? runs[0]?.table.itemIds.length ?? 0,
    perSeed: shown.map(({ seed, runId }) => ({ seed, mean: values.get(seed) ?? null, runId })),
  };
}

function aucTests({ a, b, seed: asked }: Input): AucTest[] {
  const both = a.runs.map(({ seed }) => seed).filter((seed) => b.runs.some((run) => run.seed === seed));
  if (asked !== null && !both.includes(asked)) {
    const expected = both.length === 0 ? "none, as the arms have no scored seed in common" : both.join(", ");
    throw new DomainError("BAD_INPUT", `seed: expected one of ${expected}, got ${asked}`, { field: "seed" });
  }
  const seed = asked ?? both.toSorted((x, y) => x - y)[0];
  const [runA, runB] = [a, b].map(({ runs }) => runs.find((run) => run.seed === seed));
  if (seed === undefined || !runA || !runB) return [];
  return scoredClasses(runA.table).flatMap((index) => {
    const test = compareAucs(runA.table, runB.table, index);
    return test ? [{ ...test, seed, className: runA.table.classes[index]! }] : [];
  });
}
