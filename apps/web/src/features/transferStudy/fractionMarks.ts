/** @file Places of the final scores over the shares of the data: shares at equal steps of ratio, seeds beside one another. */

import { isNumber } from "@/lib/format";
import { niceTicks } from "../comparison/ticks.ts";
import { linear, logarithmic, paddedRange, type Range } from "../scoredSet/plot/scale.ts";
import { spreadLabels } from "../scoredSet/plot/spreadLabels.ts";
import type { Board, LookedArm } from "./model.ts";

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface SeedMark {
  readonly seed: number;
  readonly runId: string;
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

export interface CellMark {
  readonly fraction: number;
  readonly x: number;
  /** Mean over the seeds. */
  readonly value: number;
  readonly y: number;
  /** Of the lowest and the highest seed. */
  readonly yLow: number;
  readonly yHigh: number;
  readonly seeds: readonly SeedMark[];
}

export interface ArmMarks {
  readonly arm: LookedArm;
  readonly cells: readonly CellMark[];
  /** Where its name stands, beside its last mean, and from where a line leads to it; null: no cell has a score. */
  readonly label: { readonly x: number; readonly y: number; readonly anchorY: number | null } | null;
}

/** Seeds of one cell stand this far from the next, pixels. */
const seedStep = 4;
const labelGap = 13;

/** Whether chance can be drawn without squeezing what is to be told apart: at most twice the scores' own spread away. */
export const isChanceNear = (chance: number | null | undefined, values: readonly number[]): boolean => {
  if (!isNumber(chance)) return false;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return Math.max(least - chance, chance - most) <= 2 * (most - least);
};

export function fractionScales(board: Board, arms: readonly LookedArm[], frame: Frame) {
  const values = arms.flatMap(({ cells }) =>
    cells.flatMap(({ score }) => score.perSeed.flatMap(({ mean }) => (isNumber(mean) ? [mean] : []))),
  );
  const range = paddedRange([...values, ...(isChanceNear(board.chance, values) ? [board.chance!] : [])]);
  const shares: Range = [board.fractions[0] ?? 1, board.fractions.at(-1) ?? 1];
  const x = logarithmic(shares, [frame.left + 22, frame.width - frame.right - 22]);
  const y = linear(range, [frame.height - frame.bottom, frame.top]);
  const isChanceShown = isNumber(board.chance) && board.chance >= range[0] && board.chance <= range[1];
  return { x, y, isChanceShown, ticks: niceTicks(range[0], range[1], (frame.height - frame.top - frame.bottom) / 44) };
}

/** Arms of one share stand beside one another, so that their seeds do not hide each other. */
export function fractionMarks(board: Board, arms: readonly LookedArm[], frame: Frame): ArmMarks[] {
  const { x, y } = fractionScales(board, arms, frame);
  const marks = arms.map((arm, place) => {
    const shift = (place - (arms.length - 1) / 2) * 6;
    const cells = arm.cells.flatMap(({ fraction, score }): CellMark[] => {
      const seeds = score.perSeed.filter((each): each is typeof each & { mean: number } => isNumber(each.mean));
      if (!isNumber(score.mean) || seeds.length === 0) return [];
      const values = seeds.map(({ mean }) => mean);
      const middle = x(fraction) + shift;
      return [
        {
          ...{ fraction, x: middle, value: score.mean, y: y(score.mean) },
          ...{ yLow: y(Math.min(...values)), yHigh: y(Math.max(...values)) },
          seeds: seeds.map(({ seed, runId, mean }, at) => ({
            ...{ seed, runId, value: mean, y: y(mean) },
            x: middle + (at - (seeds.length - 1) / 2) * Math.min(seedStep, 20 / seeds.length),
          })),
        },
      ];
    });
    return { arm, cells };
  });
  // Beside the plot stand the names of those that reach its right end.
  const most = board.fractions.at(-1);
  const ending = marks.filter(({ cells }) => cells.at(-1)?.fraction === most);
  const places = spreadLabels(
    ending.map(({ cells }) => cells.at(-1)!.y),
    labelGap,
    frame.top + 6,
    frame.height - frame.bottom,
  );
  return marks.map((each) => {
    const last = each.cells.at(-1);
    if (!last) return { ...each, label: null };
    const at = ending.indexOf(each);
    if (at < 0) return { ...each, label: { x: last.x + 10, y: last.y - 9, anchorY: null } };
    return { ...each, label: { x: frame.width - frame.right + 6, y: places[at]!, anchorY: last.y } };
  });
}

/** The band of an arm's seeds as a path; empty of fewer than two cells. */
export function bandPath(cells: readonly Pick<CellMark, "x" | "yLow" | "yHigh">[]): string {
  if (cells.length < 2) return "";
  const top = cells.map(({ x, yHigh }) => `${x} ${yHigh}`);
  const floor = cells.map(({ x, yLow }) => `${x} ${yLow}`).toReversed();
  return `M${[...top, ...floor].join("L")}Z`;
}

export const linePath = (cells: readonly Pick<CellMark, "x" | "y">[]): string =>
  cells.length < 2 ? "" : `M${cells.map(({ x, y }) => `${x} ${y}`).join("L")}`;
