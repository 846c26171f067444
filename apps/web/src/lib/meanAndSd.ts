/** Mean and sample SD (n − 1); the SD of fewer than two values is undefined. */
export function meanAndSd(values: readonly number[]): { readonly mean: number | null; readonly sd: number | null } {
  const n = values.length;
  if (n === 0) return { mean: null, sd: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: n < 2 ? null : Math.sqrt(squares / (n - 1)) };
}
