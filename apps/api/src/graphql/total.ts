/** Sum of per-class counts or shares. */
export const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
