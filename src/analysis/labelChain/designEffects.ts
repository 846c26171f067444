/**
 * @file How much less than independent items a sample tells, where several are of one subject.
 *
 * Of each row of the matrix: the variance of its shares over subjects (a ratio estimate, linearised) against the multinomial's, summed over
 * the row's classes (Rao & Scott 1981, Journal of the American Statistical Association 76:221, first order); at least 1.
 */
export interface CountedItem {
  readonly subject: string;
  /** The class that the item was chosen by, and the other. */
  readonly given: number;
  readonly called: number;
}

/** One per class given. */
export function designEffects(items: readonly CountedItem[], classes: number): number[] {
  return Array.from({ length: classes }, (_, given) => {
    const row = items.filter((item) => item.given === given);
    const shares = Array.from({ length: classes }, (_, called) => row.filter((item) => item.called === called).length / row.length); // biome-ignore format: one line
    const subjects = [...Map.groupBy(row, ({ subject }) => subject).values()];
    const independent = shares.reduce((sum, share) => sum + share * (1 - share), 0) / row.length;
    if (row.length === 0 || subjects.length < 2 || independent === 0) return 1;
    const spread = shares.reduce((sum, share, called) => {
      const residuals = subjects.map((own) => own.filter((item) => item.called === called).length - share * own.length);
      return sum + residuals.reduce((total, each) => total + each ** 2, 0);
    }, 0);
    const clustered = (subjects.length / (subjects.length - 1)) * (spread / row.length ** 2);
    return Math.max(1, clustered / independent);
  });
}
