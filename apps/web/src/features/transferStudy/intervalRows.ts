/** @file The rows of the two gap plots: an arm's shares under its name, each with a mark, an interval, and what is known in words. */

import type { ArmLook } from "@/lib/arms";
import { isNumber, plural, signed } from "@/lib/format";
import { verdictName } from "@/lib/words";
import { niceTicks } from "../comparison/ticks.ts";
import { linear, logarithmic, paddedRange, type Range } from "../scoredSet/plot/scale.ts";
import {
  type Board,
  type BoardCell,
  equalSpeed,
  fractionText,
  type LookedArm,
  speedBound,
  speedText,
} from "./model.ts";

export interface IntervalRow {
  readonly fraction: number;
  readonly label: string;
  /** null: nothing to draw yet. */
  readonly at: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of a censored speed: the mark is a bound, and an arrow says where the value lies. */
  readonly bound: "is" | "atLeast" | "atMost";
  /** Some run never reached the target, and counts with all its steps. */
  readonly censored: boolean;
  /** "+0.034", "≥ 1.8 × slower". */
  readonly value: string;
  /** "better", "no verdict". */
  readonly verdict: string;
  /** Told on hover and to those who do not see the plot. */
  readonly told: string;
  /** The comparison of its two arms. */
  readonly href: string;
}

export interface IntervalGroup {
  readonly name: string;
  readonly look: ArmLook;
  readonly rows: readonly IntervalRow[];
}

const others = (board: Board, arms: readonly LookedArm[]) => arms.filter(({ name }) => name !== board.reference);

const interval = (low: number, high: number, text: (value: number) => string) => `${text(low)} to ${text(high)}`;

/** The comparison of an arm with the reference at the same share; without one there, the page alone. */
function hrefOf({ arms, reference }: Board, { arm, fraction }: BoardCell, experimentId: string): string {
  const other = arms.find(({ name }) => name === reference)?.cells.find((cell) => cell.fraction === fraction);
  const query = new URLSearchParams({ tab: "comparison", ...(other && { a: other.arm, b: arm }) });
  return `/experiments/${experimentId}?${query}`;
}

export const gapGroups = (board: Board, arms: readonly LookedArm[], experimentId: string): IntervalGroup[] =>
  others(board, arms).map(({ name, look, cells }) => ({
    name,
    look,
    rows: cells.map((cell) => ({ ...gapRow(board, name, cell), href: hrefOf(board, cell, experimentId) })),
  }));

type Known = Omit<IntervalRow, "href">;

function gapRow(board: Board, arm: string, { fraction, finalGap }: BoardCell): Known {
  const label = fractionText(fraction);
  const none = { fraction, label, at: null, low: null, high: null, bound: "is" as const, censored: false };
  if (!finalGap || !isNumber(finalGap.estimate)) {
    return {
      ...none,
      value: "not yet",
      verdict: "",
      told: `${arm}, ${label}: no seed has a score under both arms yet`,
    };
  }
  const { estimate, low, high, verdict, reason, seeds } = finalGap;
  const has = isNumber(low) && isNumber(high);
  const word = verdict ? verdictName[verdict] : "no verdict";
  return {
    ...none,
    at: estimate,
    low: has ? low : null,
    high: has ? high : null,
    value: signed(estimate),
    verdict: word,
    told: `${arm} − ${board.reference} at ${label}: ${signed(estimate)} ${board.metric.label}${has ? `, 95 % interval ${interval(low, high, (each) => signed(each))}` : ""}, ${plural(seeds, "paired seed")}: ${verdict ? word : reason}`,
  };
}

export const speedGroups = (board: Board, arms: readonly LookedArm[], experimentId: string): IntervalGroup[] =>
  others(board, arms).map(({ name, look, cells }) => ({
    name,
    look,
    rows: cells.map((cell) => ({ ...speedRow(name, cell), href: hrefOf(board, cell, experimentId) })),
  }));

function speedRow(arm: string, { fraction, speedGap }: BoardCell): Known {
  const label = fractionText(fraction);
  const none = { fraction, label, at: null, low: null, high: null, bound: "is" as const, censored: false };
  const known = speedGap && speedBound(speedGap);
  if (!speedGap || !known) {
    const value = speedGap && speedGap.seeds > 0 ? "not reached" : "not yet";
    return { ...none, value, verdict: "", told: `${arm}, ${label}: ${speedGap?.reason ?? "no curve yet"}` };
  }
  const { low, high, verdict, reason, seeds, reached, reachedByReference } = speedGap;
  const has = isNumber(low) && isNumber(high);
  const censored = reached < seeds || reachedByReference < seeds;
  const reach = `target reached by ${reached} of ${plural(seeds, "run")}, of the reference ${reachedByReference}`;
  return {
    ...none,
    at: known.at,
    low: has ? low : null,
    high: has ? high : null,
    bound: known.bound,
    censored,
    value: boundText(known.at, known.bound),
    verdict: verdict ? verdictName[verdict] : censored ? "censored" : "no verdict",
    told: `${arm} at ${label}: ${boundText(known.at, known.bound)}${has ? `, 95 % interval ${interval(low, high, ratioText)} of the reference's steps` : ""}; ${reach}; ${verdict ? verdictName[verdict] : reason}`,
  };
}

/** "at least 1.8 × slower": what a bound on the ratio of steps says; a bound on the other side of 1 says only that. */
function boundText(ratio: number, bound: IntervalRow["bound"]): string {
  const text = speedText(ratio);
  if (bound === "is") return text;
  const beyond = bound === "atLeast" ? ratio > 1 : ratio < 1;
  if (beyond && text !== equalSpeed) return `≥ ${text}`;
  return `steps ${bound === "atLeast" ? "≥" : "≤"} ${ratioText(ratio)}`;
}

export const ratioText = (ratio: number): string => `${Number(ratio.toPrecision(2))} ×`;

const finite = (groups: readonly IntervalGroup[]) =>
  groups.flatMap(({ rows }) => rows.flatMap(({ at, low, high }) => [at, low, high].filter(isNumber)));

/** Around 0, with the margin's band in sight. */
export function gapScale(groups: readonly IntervalGroup[], margin: number | null, [from, to]: Range) {
  const range = paddedRange([0, ...finite(groups), ...(margin === null ? [] : [-margin, margin])]);
  return { place: linear(range, [from, to]), ticks: niceTicks(range[0], range[1], (to - from) / 64) };
}

/** Ratios of steps at equal steps of ratio around 1. */
export function speedScale(groups: readonly IntervalGroup[], [from, to]: Range) {
  const values = [1, ...finite(groups)].filter((value) => value > 0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max((high / low) ** 0.12, 1.15);
  const range: Range = [low / pad, high * pad];
  return { place: logarithmic(range, [from, to]), ticks: ratioTicks(range, (to - from) / 56) };
}

/** 1, and powers of 2 (or of 4, 10) from it, about `wanted` of them. */
export function ratioTicks([low, high]: Range, wanted: number): number[] {
  const base =
    [2 ** 0.5, 2, 4, 10, 100].find((each) => Math.log(high / low) / Math.log(each) <= Math.max(2, wanted)) ?? 1000;
  const first = Math.ceil(Math.log(low) / Math.log(base) - 1e-9);
  const last = Math.floor(Math.log(high) / Math.log(base) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => base ** (first + at));
}
