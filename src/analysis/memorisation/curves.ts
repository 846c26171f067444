/** @file The curves of a run from the points that it has told, one epoch after another; and those of several seeds as bands. */
import { type MemorisationSeries, memorisationSeries } from "@tessera/domain/memorisation";
import { type SeedBand, seedBand } from "../seedBand.ts";
import { type MemorisationCurves, type MemorisationFound, memorisationOf } from "./onset.ts";

export interface ToldPoints {
  readonly series: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

const names = Object.keys(memorisationSeries) as MemorisationSeries[];

/** null where nothing is told. Every epoch tells of clean or of corrupted items, so the n-th step is the n-th epoch. */
export function memorisationCurves(points: readonly ToldPoints[]): MemorisationCurves | null {
  const told = names.map((name) => points.find(({ series }) => series === memorisationSeries[name]));
  const steps = [...new Set(told.flatMap((each) => each?.steps ?? []))].sort((a, b) => a - b);
  if (steps.length === 0) return null;
  const values = names.map((name, place) => {
    const of = new Map(told[place]?.steps.map((step, at) => [step, told[place]!.values[at]!]));
    return [name, steps.map((step) => finite(of.get(step)))] as const;
  });
  return { epochs: steps.map((_, at) => at + 1), ...Object.fromEntries(values) } as unknown as MemorisationCurves;
}

const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);

export interface SeedsOfRate {
  /** In the order given. */
  readonly found: readonly MemorisationFound[];
  /** Over epochs. */
  readonly bands: Readonly<Record<MemorisationSeries, SeedBand>>;
}

export function memorisationOverSeeds(runs: readonly MemorisationCurves[]): SeedsOfRate {
  const bandOf = (name: MemorisationSeries) =>
    seedBand(runs.map((run) => ({ steps: run.epochs, values: run[name].map((value) => value ?? Number.NaN) })));
  return {
    found: runs.map(memorisationOf),
    bands: Object.fromEntries(names.map((name) => [name, bandOf(name)])) as unknown as SeedsOfRate["bands"],
  };
}
