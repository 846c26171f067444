/** @file Small matrices of chances: [class before][class after], rows sum to 1. */
export type Matrix = readonly (readonly number[])[];

export const identity = (classes: number): number[][] =>
  Array.from({ length: classes }, (_, row) => Array.from({ length: classes }, (_, column) => (row === column ? 1 : 0)));

/** One step after another. */
export const product = (first: Matrix, second: Matrix): number[][] =>
  first.map((row) => second[0]!.map((_, column) => row.reduce((sum, share, at) => sum + share * second[at]![column]!, 0))); // biome-ignore format: one line

export const transposed = (matrix: Matrix): number[][] => matrix[0]!.map((_, at) => matrix.map((row) => row[at]!));

/** All steps but one; the composition of no steps is the identity. */
export function composed(matrices: readonly Matrix[], without: number | null = null): number[][] {
  const kept = matrices.filter((_, at) => at !== without);
  const [first = identity(matrices[0]!.length), ...others] = kept;
  return others.reduce<number[][]>(
    product,
    first.map((row) => [...row]),
  );
}
