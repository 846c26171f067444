/** @file What colour says of a tile's value: as it is, as its rank among the slide's tiles, or between their lowest and highest. */
import { compact } from "@/lib/format";

export const showings = ["raw", "rank", "scaled"] as const;
export type Showing = (typeof showings)[number];

export interface Tick {
  /** 0 to 1 along the legend. */
  readonly share: number;
  readonly text: string;
}

export interface Shown {
  /** Of each tile, 0 to 1 along the legend. */
  readonly shares: Float32Array;
  /** 0 is in the middle, white. */
  readonly signed: boolean;
  readonly ticks: readonly Tick[];
}

/** Over all slides of an inspection, so that a colour means the same on each. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * raw: from 0 to the highest of all slides; values below 0 too, evenly to both sides of it. rank: the share of the slide's other tiles that are lower, equal ones
 * counting half. scaled: from the slide's 1st to its 99th percentile; what is beyond is drawn as they are.
 */
export function shownValues(values: Float32Array, as: Showing, range: Range): Shown {
  if (as === "raw") return raw(values, range);
  const sorted = Float32Array.from(values).sort();
  return as === "rank" ? ranked(values, sorted) : scaled(values, sorted);
}

function raw(values: Float32Array, { low, high }: Range): Shown {
  if (low < 0) {
    const reach = Math.max(-low, high);
    const shares = values.map((value) => clamp(0.5 + value / (2 * reach)));
    return { shares, signed: true, ticks: ticksAt([-reach, 0, reach]) };
  }
  const shares = values.map((value) => (high > 0 ? clamp(value / high) : 0));
  return { shares, signed: false, ticks: ticksAt([0, high / 2, high]) };
}

function ranked(values: Float32Array, sorted: Float32Array): Shown {
  const shares = values.map((value) => rankOf(sorted, value));
  const ticks = [0, 0.5, 1].map((share) => ({
    share,
    text: `${100 * share} % (${valueText(quantile(sorted, share))})`,
  }));
  return { shares, signed: false, ticks };
}

function scaled(values: Float32Array, sorted: Float32Array): Shown {
  const [low, high] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  const shares = values.map((value) => (high > low ? clamp((value - low) / (high - low)) : 0.5));
  return { shares, signed: false, ticks: ticksAt([low, (low + high) / 2, high]) };
}

/** Three digits, with a true minus. */
export const valueText = (value: number): string => compact(Number(value.toPrecision(3))).replace(/^-/, "−");

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

const ticksAt = (values: readonly number[]): Tick[] =>
  values.map((value, at) => ({ share: at / (values.length - 1), text: valueText(value) }));

/** @param sorted ascending; of one value its rank is one half */
export function rankOf(sorted: Float32Array, value: number): number {
  if (sorted.length < 2) return 0.5;
  const below = firstFrom(sorted, (each) => each >= value);
  const equal = firstFrom(sorted, (each) => each > value) - below;
  return (below + (equal - 1) / 2) / (sorted.length - 1);
}

/** Linear between neighbours. @param sorted ascending */
export function quantile(sorted: Float32Array, share: number): number {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return below + (at % 1) * (above - below);
}

/** By halving: the first place that holds. */
function firstFrom(sorted: Float32Array, holds: (value: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(sorted[middle]!)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Rows of the `most` highest, or lowest, values; of equal ones the earlier row first. */
export function extremes(values: Float32Array, most: number, which: "highest" | "lowest"): number[] {
  const sign = which === "highest" ? -1 : 1;
  return [...values.keys()].sort((a, b) => sign * (values[a]! - values[b]!) || a - b).slice(0, most);
}
