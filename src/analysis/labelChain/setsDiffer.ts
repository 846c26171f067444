/** @file Do a stage's sets have the same rates? Where they do not, a matrix of all together is of none of them. */
import type { StageSample } from "@tessera/domain/labelChain/chain";
import jstat from "jstat";
import { transposed } from "./matrices.ts";

const { jStat } = jstat;

export interface SetsDiffer {
  /** Pearson's, of sets x classes within each row (or column, where chosen by the class after). */
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** Cells with fewer than 5 expected items: the p is then rough. */
  readonly thinCells: number;
}

/** Null: one set, or nothing to tell them apart by. Divided by the mean design effect (Rao & Scott 1981, first order). */
export function setsDiffer(samples: readonly StageSample[]): SetsDiffer | null {
  if (samples.length < 2) return null;
  let [chiSquare, degreesOfFreedom, thinCells] = [0, 0, 0];
  const oriented = samples.map(({ counts, chosenBy }) => (chosenBy === "before" ? counts : transposed(counts)));
  for (const at of oriented[0]!.keys()) {
    const rows = oriented.map((counts) => counts[at]!).filter((row) => sum(row) > 0);
    const columns = rows[0]?.map((_, j) => sum(rows.map((row) => row[j]!))) ?? [];
    const seen = columns.filter((total) => total > 0).length;
    if (rows.length < 2 || seen < 2) continue;
    const items = sum(columns);
    const cells = rows.flatMap((row) => row.flatMap((count, j) => (columns[j] === 0 ? [] : { count, expected: (sum(row) * columns[j]!) / items }))); // biome-ignore format: one line
    const effects = samples.map(({ designEffects }) => designEffects?.[at] ?? 1);
    chiSquare +=
      sum(cells.map(({ count, expected }) => (count - expected) ** 2 / expected)) / (sum(effects) / effects.length);
    degreesOfFreedom += (rows.length - 1) * (seen - 1);
    thinCells += cells.filter(({ expected }) => expected < 5).length;
  }
  if (degreesOfFreedom === 0) return null;
  return { chiSquare, degreesOfFreedom, p: 1 - jStat.chisquare.cdf(chiSquare, degreesOfFreedom), thinCells };
}

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
