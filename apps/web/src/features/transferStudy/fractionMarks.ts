/** @file Places of the final scores over the shares of the data: shares at equal steps of ratio, seeds beside one another. */

import { isNumber } from "@/lib/format";
import { niceTicks } from "../comparison/ticks.ts";
import { type CurveLabel, type Frame, type MeanPoint, meanPoint, seedValues } from "../scoredSet/plot/meanPoints.ts";
import { linear, logarithmic, paddedRange, type Range } from "../scoredSet/plot/scale.ts";
import { spreadLabels } from "../scoredSet/plot/spreadLabels.ts";
import type { Board, LookedArm } from "./model.ts";

export interface CellMark extends MeanPoint {
  readonly fraction: number;
}

export interface ArmMarks {
  readonly arm: LookedArm;
  readonly cells: readonly CellMark[];
  /** Null: no cell has a score. */
  readonly label: CurveLabel | null;
}

const seedSpread = { step: 4, room: 20 } as const;
const labelGap = 13;

/** Whether chance can be drawn without squeezing what is to be told apart: at most twice the scores' own spread away. */
export const isChanceNear = (chance: number | null | undefined, values: readonly number[]): boolean => {
  if (!isNumber(chance)) return false;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return Math.max(least - chance, chance - most) <= 2 * (most - least);
};

export function fractionScales(board: Board, arms: readonly LookedArm[], frame: Frame) {
  const values = seedValues(arms.flatMap(({ cells }) => cells.map(({ score }) => score)));
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
      const point = meanPoint(score, x(fraction) + shift, y, seedSpread);
      return point ? [{ fraction, ...point }] : [];
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
