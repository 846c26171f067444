/** @file Places of values on a drawing, in CSS pixels. */
export type Range = readonly [low: number, high: number];

export const linear =
  ([low, high]: Range, [from, to]: Range) =>
  (value: number): number =>
    from + (high === low ? 0.5 : (value - low) / (high - low)) * (to - from);

/** Positive values at equal steps of ratio. */
export const logarithmic = ([low, high]: Range, range: Range) => {
  const place = linear([Math.log(low), Math.log(high)], range);
  return (value: number): number => place(Math.log(value));
};

/** The values' range with room around it, within `bounds`; `least` wide where the values hardly differ. */
export function paddedRange(values: readonly number[], bounds: Range = [-Infinity, Infinity], least = 0.02): Range {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max((high - low) * 0.08, (least - (high - low)) / 2, 0);
  return [Math.max(bounds[0], low - pad), Math.min(bounds[1], high + pad)];
}
