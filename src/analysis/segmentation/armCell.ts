/** @file One arm under one score, as a table's cell: also where some runs, or all, have no score yet. */
import { type ScoredArm, summarizeArm } from "../arm.ts";
import type { Interval } from "../studentT.ts";

export interface ArmCell extends Interval {
  /** Mean over items, averaged over seeds; null where no item is defined in every run. */
  readonly mean: number | null;
  /** Over seeds; null below two. */
  readonly sd: number | null;
  /** Runs that have a score of any item. */
  readonly seeds: number;
  /** Items with a defined score in every such run. */
  readonly items: number;
  /** Items whose score is undefined in at least one of them; those not scored yet are in neither. */
  readonly undefinedItems: number;
}

/** The estimand of `summarizeArm`, over the runs that are scored. @throws DomainError BAD_INPUT for a doubled seed */
export function armCell({ name, runs }: ScoredArm): ArmCell {
  const scored = runs.filter(({ scores }) => scores.size > 0);
  const undefinedOnes = scored.flatMap(({ scores }) =>
    [...scores].flatMap(([id, score]) => (score === null ? id : [])),
  );
  const counts = { seeds: scored.length, undefinedItems: new Set(undefinedOnes).size };
  const [first, ...rest] = scored;
  const common =
    first && [...first.scores].some(([id, score]) => score !== null && rest.every((run) => isDefined(run, id)));
  if (!common) return { mean: null, sd: null, low: null, high: null, items: 0, ...counts };
  const { mean, sd, low, high, n } = summarizeArm({ name, runs: scored });
  return { mean, sd, low, high, items: n, ...counts };
}

const isDefined = ({ scores }: ScoredArm["runs"][number], item: string) => (scores.get(item) ?? null) !== null;
