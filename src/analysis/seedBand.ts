/** @file Several seeds' curves as one band for an overlay chart. */

export interface Curve {
  /** Increasing. */
  readonly steps: ArrayLike<number>;
  /** NaN and infinities are gaps here: they have no mean. */
  readonly values: ArrayLike<number>;
}

export interface SeedBand {
  /** Every step that any curve has. */
  readonly steps: number[];
  /** null: no curve has a finite value there; a gap in the chart. */
  readonly mean: (number | null)[];
  readonly low: (number | null)[];
  readonly high: (number | null)[];
  /** Over seeds; null for fewer than two. */
  readonly sd: (number | null)[];
  /** Curves with a finite value at the step: it falls where a run ended early. */
  readonly seeds: number[];
}

/** Nothing is interpolated: a step belongs to the curves that have exactly that step. */
export function seedBand(curves: readonly Curve[]): SeedBand {
  const at = new Map<number, number[]>();
  for (const { steps, values } of curves) {
    for (let i = 0; i < steps.length; i++) {
      const found = at.get(steps[i]!) ?? [];
      at.set(steps[i]!, found);
      if (Number.isFinite(values[i])) found.push(values[i]!);
    }
  }
  const band: SeedBand = { steps: [], mean: [], low: [], high: [], sd: [], seeds: [] };
  for (const [step, values] of [...at].sort(([a], [b]) => a - b)) {
    const n = values.length;
    const middle = values.reduce((sum, value) => sum + value, 0) / n;
    band.steps.push(step);
    band.seeds.push(n);
    band.mean.push(n === 0 ? null : middle);
    band.low.push(n === 0 ? null : Math.min(...values));
    band.high.push(n === 0 ? null : Math.max(...values));
    band.sd.push(n < 2 ? null : Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1)));
  }
  return band;
}
