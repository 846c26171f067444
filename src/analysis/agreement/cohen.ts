/**
 * @file Cohen's kappa of two readers (Cohen 1960; weighted: Cohen 1968), with the large-sample standard error of Fleiss, Cohen & Everitt 1969
 * (Psychological Bulletin 72:323), as statsmodels has it. The interval is the jackknife's: with 40 items the large-sample one covers 92 of 100.
 */
import { DomainError } from "@tessera/domain/errors";
import { type Estimate, jackknife } from "./jackknife.ts";
import { missing, type Ratings } from "./ratings.ts";

/** What a disagreement costs: "none": all alike; the others by how far apart ordered categories are, or its square. */
export type KappaWeights = "none" | "linear" | "quadratic";

/** [categories x categories] items: rows are what reader `a` said, columns what `b` said; those that only one called are left out. */
export function crossTable({ readers, categories, values }: Ratings, a: number, b: number): number[][] {
  const table = Array.from({ length: categories }, () => new Array<number>(categories).fill(0));
  for (let at = 0; at < values.length; at += readers.length) {
    const [one, other] = [values[at + a]!, values[at + b]!];
    if (one !== missing && other !== missing) table[one]![other]!++;
  }
  return table;
}

export interface Kappa extends Estimate {
  /** After Fleiss, Cohen & Everitt; `standardError` is the jackknife's. */
  readonly largeSampleError: number | null;
}

/** @param table [categories x categories] items, as crossTable gives it. @throws DomainError BAD_INPUT where it is not square */
export function cohensKappa(table: readonly (readonly number[])[], weights: KappaWeights = "none"): Kappa {
  const size = table.length;
  if (size < 2 || table.some((row) => row.length !== size)) {
    throw new DomainError("BAD_INPUT", `Expected a square table of at least 2 categories, got ${size} rows`);
  }
  const agree = agreementWeight(weights, size);
  const whole = kappaOf(table, agree);
  const cells = table.flatMap((line, row) =>
    line.flatMap((items, column) => (items === 0 ? [] : [{ row, column, items }])),
  );
  const without = ({ row, column }: { row: number; column: number }) => {
    const left = table.map((line) => [...line]);
    left[row]![column]!--;
    return kappaOf(left, agree)?.kappa ?? null;
  };
  const groups = cells.map(({ items }) => items);
  return {
    ...jackknife(whole?.kappa ?? null, groups, (group) => without(cells[group]!)),
    largeSampleError: whole && largeSampleError(whole, agree),
  };
}

type Agreement = (row: number, column: number) => number;

interface Kappas {
  readonly kappa: number;
  readonly expected: number;
  readonly items: number;
  /** [row][column]. */
  readonly shares: readonly (readonly number[])[];
  readonly ofRow: readonly number[];
  readonly ofColumn: readonly number[];
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Null where nobody could have disagreed. */
function kappaOf(table: readonly (readonly number[])[], agree: Agreement): Kappas | null {
  const items = total(table.map(total));
  if (items === 0) return null;
  const shares = table.map((line) => line.map((count) => count / items));
  const ofRow = shares.map(total);
  const ofColumn = shares.map((_, column) => total(shares.map((line) => line[column]!)));
  const observed = total(shares.flatMap((line, row) => line.map((share, column) => agree(row, column) * share)));
  const chance = ofRow.flatMap((share, row) => ofColumn.map((other, column) => agree(row, column) * share * other));
  const expected = total(chance);
  if (1 - expected < 1e-12) return null;
  return { kappa: (observed - expected) / (1 - expected), expected, items, shares, ofRow, ofColumn };
}

function largeSampleError({ kappa, expected, items, shares, ofRow, ofColumn }: Kappas, agree: Agreement): number {
  const rowMean = ofRow.map((_, row) => total(ofColumn.map((share, column) => agree(row, column) * share)));
  const columnMean = ofColumn.map((_, column) => total(ofRow.map((share, row) => agree(row, column) * share)));
  const spread = total(
    shares.flatMap((line, row) =>
      line.map(
        (share, column) => share * (agree(row, column) - (rowMean[row]! + columnMean[column]!) * (1 - kappa)) ** 2,
      ),
    ),
  );
  const variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (items * (1 - expected) ** 2);
  return Math.sqrt(Math.max(0, variance));
}

/** 1 for the same category, 0 for the farthest. */
function agreementWeight(weights: KappaWeights, size: number): Agreement {
  if (weights === "none") return (row, column) => (row === column ? 1 : 0);
  const power = weights === "linear" ? 1 : 2;
  return (row, column) => 1 - (Math.abs(row - column) / (size - 1)) ** power;
}
