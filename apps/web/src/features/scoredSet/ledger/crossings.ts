/** @file Where lines of two arms cross between neighbouring conventions. */

export interface Crossing {
  readonly a: number;
  readonly b: number;
  /** In columns: 2.5 lies half-way between the third and the fourth. */
  readonly column: number;
  readonly value: number;
}

type Line = readonly (number | null | undefined)[];

/** Of every two lines (one value per column), each place where one overtakes the other; touching is no crossing. */
export function crossings(lines: readonly Line[]): Crossing[] {
  const found: Crossing[] = [];
  lines.forEach((one, a) => {
    lines.slice(a + 1).forEach((other, offset) => {
      for (let column = 1; column < one.length; column++) {
        const [a0, a1, b0, b1] = [one[column - 1], one[column], other[column - 1], other[column]];
        if (a0 == null || a1 == null || b0 == null || b1 == null) continue;
        const [before, after] = [a0 - b0, a1 - b1];
        if (before * after >= 0) continue;
        const share = before / (before - after);
        found.push({ a, b: a + 1 + offset, column: column - 1 + share, value: a0 + share * (a1 - a0) });
      }
    });
  });
  return found;
}
