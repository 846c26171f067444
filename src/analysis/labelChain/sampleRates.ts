/** @file From a stage's counts to its matrix: the one that was counted, and draws of what it may be. */
import type { StageSample } from "@tessera/domain/labelChain/chain";
import type { RandomStream } from "@tessera/domain/random";
import { shareDraw, sharesOf } from "./draws.ts";
import { type Matrix, transposed } from "./matrices.ts";

export interface StageRates {
  /** Rows sum to 1. */
  readonly matrix: Matrix;
  /** How common each class before is, as far as the sample says it; drawn when asked for. */
  before(): readonly number[];
}

/** @param draw null: what was counted */
export function stageRates(
  { counts, chosenBy, shares, designEffects }: StageSample,
  draw: RandomStream | null,
): StageRates {
  const rates = (row: readonly number[]) => (draw === null ? sharesOf(row) : shareDraw(row, draw));
  const effective = (row: readonly number[], at: number) => row.map((count) => count / (designEffects?.[at] ?? 1));
  if (chosenBy === "before") {
    const rows = counts.map(effective);
    const matrix = rows.map(rates);
    return { matrix, before: () => rates(rows.map((row) => row.reduce((sum, each) => sum + each, 0))) };
  }
  const columns = transposed(counts).map(effective).map(rates);
  const joint = transposed(columns.map((column, after) => column.map((share) => share * shares![after]!)));
  return { matrix: joint.map(sharesOf), before: () => joint.map((row) => row.reduce((sum, each) => sum + each, 0)) };
}

/**
 * One sample of several: of one set, or all of them together, as if they had the same rates.
 * Design effects are weighted by the items that they are of.
 * @returns null where no sample is of that set
 */
export function pooledSample(samples: readonly StageSample[], set: string | null): StageSample | null {
  const chosen = set === null ? samples : samples.filter((sample) => sample.set === set);
  const [first, ...others] = chosen;
  if (!first || others.length === 0) return first ?? null;
  const counts = first.counts.map((row, i) => row.map((_, j) => chosen.reduce((sum, each) => sum + each.counts[i]![j]!, 0))); // biome-ignore format: one line
  const itemsOf = (sample: StageSample, at: number) =>
    (sample.chosenBy === "before" ? sample.counts : transposed(sample.counts))[at]!.reduce(
      (sum, each) => sum + each,
      0,
    );
  const designEffects = first.counts.map((_, at) => {
    const items = chosen.reduce((sum, each) => sum + itemsOf(each, at), 0);
    const weighted = chosen.reduce((sum, each) => sum + itemsOf(each, at) * (each.designEffects?.[at] ?? 1), 0);
    return items === 0 ? 1 : weighted / items;
  });
  return { ...first, set: "", counts, designEffects };
}
