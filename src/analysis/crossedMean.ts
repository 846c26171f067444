/**
 * @file The mean of a table whose rows and columns are both drawn: it speaks of other rows and of other columns.
 *
 * Source: two-way random effects without replication; variance of the mean from the mean squares, (MS rows + MS columns − MS rest) / cells,
 * Satterthwaite's degrees of freedom (Satterthwaite 1946, Biometrics Bulletin 2:110). Differs in one way: the variance is never less than
 * what the rows, or the columns, say by themselves, since the difference of mean squares can be negative.
 */
import { type Interval, tQuantile } from "./studentT.ts";
import { mean } from "./summary.ts";

/**
 * @param table [rows][columns], each row as long as the first
 * @returns no limits for fewer than two rows or two columns
 */
export function crossedMean(
  table: readonly (readonly number[])[],
  confidence = 0.95,
): Interval & { readonly estimate: number } {
  const [rows, columns] = [table.length, table[0]?.length ?? 0];
  const rowMeans = table.map(mean);
  const estimate = mean(rowMeans);
  if (rows < 2 || columns < 2) return { estimate, low: null, high: null };
  const columnMeans = Array.from({ length: columns }, (_, column) => mean(table.map((row) => row[column]!)));
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - estimate) ** 2, 0);
  const rest = table.flatMap((row, r) => row.map((value, c) => value - rowMeans[r]! - columnMeans[c]! + 2 * estimate));
  const [ofRows, ofColumns] = [
    (columns * squares(rowMeans)) / (rows - 1),
    (rows * squares(columnMeans)) / (columns - 1),
  ];
  const ofRest = squares(rest) / ((rows - 1) * (columns - 1));
  const sum = ofRows + ofColumns - ofRest;
  const larger = Math.max(ofRows, ofColumns);
  const variance = Math.max(sum, larger) / (rows * columns);
  if (variance === 0) return { estimate, low: estimate, high: estimate };
  const parts = [ofRows ** 2 / (rows - 1), ofColumns ** 2 / (columns - 1), ofRest ** 2 / ((rows - 1) * (columns - 1))];
  const freedom =
    sum > larger ? sum ** 2 / parts.reduce((all, part) => all + part, 0) : (ofRows > ofColumns ? rows : columns) - 1;
  const half = tQuantile(0.5 + confidence / 2, Math.max(1, freedom)) * Math.sqrt(variance);
  return { estimate, low: estimate - half, high: estimate + half };
}
