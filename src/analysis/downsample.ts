/**
 * @file Fewer points, same picture: of each pixel column the first, lowest, highest and last point (M4; Jugel, Jerzak,
 * Hackenbroich & Markl 2014, doi:10.14778/2732951.2732953). A line chart of that width is the same, pixel for pixel, and a
 * spike of one step stays. Differs in one way: a NaN is kept as one gap marker per column and place.
 */
import { DomainError } from "@tessera/domain/errors";

export interface Points {
  /** Increasing. */
  readonly steps: ArrayLike<number>;
  /** NaN is a gap; infinities are values. */
  readonly values: ArrayLike<number>;
}

/**
 * @param columns pixel columns of the chart.
 * @param range   steps at the chart's edges; the points' own by default. Points outside are left out.
 * @returns at most 4 points and the gap markers between them per column, in order. The same points give the same answer.
 * @throws DomainError BAD_INPUT for fewer than 1 column, or lists of different lengths
 */
export function downsample(
  { steps, values }: Points,
  columns: number,
  range?: { readonly from: number; readonly to: number },
): { steps: number[]; values: number[] } {
  if (steps.length !== values.length || !Number.isInteger(columns) || columns < 1) {
    const got = `${steps.length} steps, ${values.length} values, ${columns} columns`;
    throw new DomainError("BAD_INPUT", `Expected as many steps as values and at least 1 column, got ${got}`);
  }
  const from = range?.from ?? steps[0] ?? 0;
  const to = range?.to ?? steps[steps.length - 1] ?? 0;
  const columnOf = (step: number) =>
    to === from ? 0 : Math.min(columns - 1, Math.floor(((step - from) / (to - from)) * columns));

  const result: { steps: number[]; values: number[] } = { steps: [], values: [] };
  for (let start = 0; start < steps.length; ) {
    const step = steps[start]!;
    if (step < from || step > to) {
      start++;
      continue;
    }
    const column = columnOf(step);
    let end = start + 1;
    while (end < steps.length && steps[end]! <= to && columnOf(steps[end]!) === column) end++;
    for (const i of kept(values, start, end)) {
      result.steps.push(steps[i]!);
      result.values.push(values[i]!);
    }
    start = end;
  }
  return result;
}

/** Indices of one column to keep, in order: first, lowest, highest, last number, and a NaN where a gap lies between kept points. */
function kept(values: ArrayLike<number>, start: number, end: number): number[] {
  let [first, last, lowest, highest] = [-1, -1, -1, -1];
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (first < 0) first = lowest = highest = i;
    last = i;
    if (value < values[lowest]!) lowest = i;
    if (value > values[highest]!) highest = i;
  }
  const numbers = [...new Set([first, lowest, highest, last])].filter((i) => i >= 0).sort((a, b) => a - b);
  const result: number[] = [];
  let before = start;
  for (const i of [...numbers, end]) {
    const gap = firstNaN(values, before, i);
    if (gap >= 0) result.push(gap);
    if (i < end) result.push(i);
    before = i + 1;
  }
  return result;
}

function firstNaN(values: ArrayLike<number>, start: number, end: number): number {
  for (let i = start; i < end; i++) if (Number.isNaN(values[i])) return i;
  return -1;
}
