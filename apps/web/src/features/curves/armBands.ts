/** @file Seeds of one arm as one line (their mean) and one band (their smallest and largest value). */
import type { Points } from "./points.ts";

export interface BandPoint {
  readonly step: number;
  /** null where any seed that reached this step is not a finite number there: a gap, not a kinder mean. */
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly seeds: number;
}

/** The value at `step`: that of the point, or on the straight line between its neighbours; undefined outside the curve. */
function valueAt(
  { steps, values }: Points,
  step: number,
  from: number,
): { at: number; value: number | null | undefined } {
  let at = from;
  while (at < steps.length && steps[at]! < step) at += 1;
  if (at >= steps.length) return { at, value: undefined };
  if (steps[at] === step) return { at, value: values[at] ?? null };
  if (at === 0) return { at, value: undefined };
  const [x0, x1, y0, y1] = [steps[at - 1]!, steps[at]!, values[at - 1] ?? null, values[at] ?? null];
  return { at, value: y0 === null || y1 === null ? null : y0 + ((y1 - y0) * (step - x0)) / (x1 - x0) };
}

export function armBand(runs: readonly Points[]): BandPoint[] {
  const steps = [...new Set(runs.flatMap((run) => run.steps))].sort((a, b) => a - b);
  const cursors = runs.map(() => 0);
  return steps.map((step) => {
    const here: (number | null)[] = [];
    runs.forEach((run, index) => {
      const { at, value } = valueAt(run, step, cursors[index]!);
      cursors[index] = at;
      if (value !== undefined) here.push(value);
    });
    const finite = here.filter((value): value is number => value !== null);
    if (finite.length === 0 || finite.length < here.length) {
      return { step, mean: null, low: null, high: null, seeds: here.length };
    }
    const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
    return { step, mean, low: Math.min(...finite), high: Math.max(...finite), seeds: finite.length };
  });
}
