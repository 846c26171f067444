/** @file The score of one method against the noise that it learnt from: a cell per level, and a curve per seed. */
import { commonItems, type ScoredRun } from "../arm.ts";
import { mean } from "../summary.ts";
import type { CellRun } from "../transfer/cells.ts";

export interface NoiseCell {
  /** As it was asked for; 0: no noise. */
  readonly level: number;
  /** Where it lies on the curve: of classes the effective rate, of masks the level. Null: not known before the labels are made. */
  readonly x: number | null;
  readonly runs: readonly CellRun[];
}

export interface NoiseCurve {
  /** Of the method. */
  readonly name: string;
  /** Ascending, no noise first. */
  readonly cells: readonly NoiseCell[];
}

export interface SeedCurve {
  readonly seed: number;
  /** By cell. */
  readonly values: readonly number[];
}

export interface SeedCurves {
  readonly name: string;
  readonly x: readonly number[];
  /** Seeds with a defined score in every cell. */
  readonly seeds: readonly SeedCurve[];
  /** Of some cell, but not of all: in no figure of the whole curve. */
  readonly incompleteSeeds: number;
  /** Items with a defined score in all these runs. */
  readonly items: number;
}

const isScored = (run: CellRun): run is ScoredRun => "scores" in run;

/**
 * Every seed's curve, on the items that all its cells score. Null before the place of every cell is known, and below two levels.
 * @throws DomainError BAD_INPUT where the runs have no item in common with a defined score
 */
export function seedCurves({ name, cells }: NoiseCurve): SeedCurves | null {
  const x = cells.flatMap((cell) => cell.x ?? []);
  if (x.length < cells.length || cells.length < 2) return null;
  const seedsOf = cells.map(({ runs }) => new Set(runs.filter(isDefined).map(({ seed }) => seed)));
  const all = [...new Set(seedsOf.flatMap((seeds) => [...seeds]))].toSorted((a, b) => a - b);
  const whole = all.filter((seed) => seedsOf.every((seeds) => seeds.has(seed)));
  const runsOf = (seed: number) => cells.map(({ runs }) => runs.find((run) => run.seed === seed)!);
  const kept = whole.flatMap(runsOf);
  const items = kept.some(isScored) ? commonItems(kept.filter(isScored)) : null;
  const seeds = whole.map((seed) => ({ seed, values: runsOf(seed).map((run) => scoreOf(run, items)) }));
  const [first] = kept;
  const n = items?.length ?? (first !== undefined && !isScored(first) ? first.n : 0);
  return { name, x, seeds, incompleteSeeds: all.length - whole.length, items: n };
}

const isDefined = (run: CellRun): boolean => isScored(run) || run.value !== null;
const scoreOf = (run: CellRun, items: readonly string[] | null): number =>
  isScored(run) ? mean(items!.map((item) => run.scores.get(item)!)) : run.value!;
