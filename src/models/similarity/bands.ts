/** @file What a null reaches, cell by cell, from its draws. */
import type { Matrix } from "@tessera/domain/inspections/featureReuse";

/** The share of the draws that is at most the high end. */
export const bandQuantile = 0.95;

export interface Band {
  readonly mean: Matrix;
  /** The smallest draw that at least 95 of 100 draws do not exceed. */
  readonly high: Matrix;
}

/** A cell that is undefined in some draw is made of the others; null where it is in all. */
export function bandOf(draws: readonly Matrix[]): Band {
  const cells = draws[0]!.map((row, i) =>
    row.map((_, j) => draws.map((draw) => draw[i]![j]!).filter((value) => value !== null)),
  );
  const each = (of: (values: readonly number[]) => number) =>
    cells.map((row) => row.map((values) => (values.length === 0 ? null : of(values))));
  return {
    mean: each((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    high: each((values) => values.toSorted((a, b) => a - b)[Math.ceil(bandQuantile * values.length) - 1]!),
  };
}
