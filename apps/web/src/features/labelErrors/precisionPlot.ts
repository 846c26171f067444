/** @file Where the marks of the precision plot stand: k on a logarithmic axis. */
import type { Planted } from "./model.ts";

const inset = { left: 48, right: 16, top: 12, bottom: 36 };

export function plottedPrecision(
  { precisionAt, share }: Pick<Planted, "precisionAt" | "share">,
  width: number,
  height: number,
) {
  const last = Math.max(2, precisionAt.at(-1)?.k ?? 2);
  const x = { low: inset.left, high: Math.max(inset.left, width - inset.right) };
  const at = (k: number) => x.low + (Math.log(k) / Math.log(last)) * (x.high - x.low);
  const y = (precision: number) => inset.top + (1 - precision) * (height - inset.top - inset.bottom);
  const marks = precisionAt.map(({ k, precision, low, high }) => ({
    k,
    x: at(k),
    y: y(precision),
    low: y(low),
    high: y(high),
  }));
  // the last k may stand close to a round one before it
  const ticks = marks.filter((mark, place) => place === marks.length - 1 || marks.at(-1)!.x - mark.x > 34);
  return { marks, ticks, x, y, chance: y(share) };
}
