/** @file The runs of one arm at one fraction under one metric: their mean, and how they differ from the reference's. */
import { DomainError } from "@tessera/domain/errors";
import { commonItems, type ScoredRun, summarizeArm, summarizeSeeds } from "../arm.ts";
import { compareSeedMeans, type SeedMeanComparison } from "../comparison.ts";
import { compareSeedValues, type ValuedRun } from "../seedValues.ts";
import type { Interval } from "../studentT.ts";
import type { VerdictOptions } from "../verdict.ts";

/** A score per item, or a value of the whole run; under one metric all runs are of one kind. */
export type CellRun = ScoredRun | ValuedRun;

export interface Cell {
  readonly name: string;
  readonly runs: readonly CellRun[];
}

export interface CellSummary extends Interval {
  /** Over seeds; null where no run has a score. */
  readonly mean: number | null;
  readonly sd: number | null;
  /** With a score. */
  readonly seeds: number;
  readonly items: number;
  /** Null where a run has no defined score. */
  readonly perSeed: readonly { readonly seed: number; readonly mean: number | null }[];
}

export type CellDifference =
  | { readonly compared: SeedMeanComparison; readonly reason: string }
  | { readonly compared: null; readonly reason: string };

const isScored = (run: CellRun): run is ScoredRun => "scores" in run;

export function summarizeCell({ name, runs }: Cell): CellSummary {
  const means = meansOf(runs);
  const values = means.flatMap(({ seed, mean }) => (mean === null ? [] : [{ seed, mean }]));
  const [first] = runs;
  if (values.length === 0 || first === undefined) {
    return { mean: null, sd: null, low: null, high: null, seeds: 0, items: 0, perSeed: means };
  }
  const items = isScored(first) ? commonItems(runs.filter(isScored)).length : first.n;
  const { mean, sd, low, high, seeds } = summarizeSeeds(name, values, items);
  return { mean, sd, low, high, seeds, items, perSeed: means };
}

/** Scores of items are of the items that all runs have. */
function meansOf(runs: readonly CellRun[]): { seed: number; mean: number | null }[] {
  const scored = runs.filter(isScored);
  if (scored.length === 0) return runs.flatMap((run) => (isScored(run) ? [] : [{ seed: run.seed, mean: run.value }]));
  try {
    return [...summarizeArm({ name: "", runs: scored }).seedMeans];
  } catch (error) {
    if (!isBadInput(error)) throw error;
    return scored.map(({ seed }) => ({ seed, mean: null })); // no item has a score in all of them
  }
}

/** Cell minus reference, or why nothing can be said. @throws DomainError that is not BAD_INPUT */
export function compareCells(reference: Cell, cell: Cell, options: VerdictOptions): CellDifference {
  const waiting = [reference, cell].find(({ runs }) => runs.length === 0);
  if (waiting) return { compared: null, reason: `No comparison yet: ${waiting.name} has no score.` };
  try {
    const compared = compare(reference, cell, options);
    return { compared, reason: compared.reason };
  } catch (error) {
    if (!isBadInput(error)) throw error;
    return { compared: null, reason: `No comparison: ${error.message}` };
  }
}

function compare(reference: Cell, cell: Cell, options: VerdictOptions): SeedMeanComparison {
  const scored = ({ name, runs }: Cell) => ({ name, runs: runs.filter(isScored) });
  const valued = ({ name, runs }: Cell) => ({ name, runs: runs.flatMap((run) => (isScored(run) ? [] : [run])) });
  if (isScored(reference.runs[0]!)) return compareSeedMeans(scored(reference), scored(cell), options);
  return { itemsLeftOut: 0, ...compareSeedValues(valued(reference), valued(cell), options) };
}

const isBadInput = (error: unknown): error is DomainError => error instanceof DomainError && error.code === "BAD_INPUT";
