/** @file Places of a method's scores over the noise that it learnt from; seeds beside one another. */
import { isNumber } from "@/lib/format";
import { niceTicks } from "../comparison/ticks.ts";
import { type CurveLabel, type Frame, type MeanPoint, meanPoint, seedValues } from "../scoredSet/plot/meanPoints.ts";
import { linear, paddedRange } from "../scoredSet/plot/scale.ts";
import { spreadLabels } from "../scoredSet/plot/spreadLabels.ts";
import { isChanceNear } from "../transferStudy/fractionMarks.ts";
import type { Board, Curve, Noise } from "./model.ts";

export interface PointMark extends MeanPoint {
  readonly level: number;
}

export interface CurveMarks {
  readonly curve: Curve;
  readonly points: readonly PointMark[];
  /** Null: no point has a score. */
  readonly label: CurveLabel | null;
  /** Of the breakdown point on the axis; null: none within the levels. */
  readonly breakdown: number | null;
}

export function robustnessScales(board: Board, noise: Noise, frame: Frame) {
  const values = seedValues(noise.curves.flatMap(({ points }) => points.map(({ score }) => score)));
  const range = paddedRange([...values, ...(isChanceNear(board.chance, values) ? [board.chance!] : [])]);
  const places = noise.curves.flatMap(({ points }) => points.flatMap(({ x }) => (isNumber(x) ? [x] : [])));
  const last = Math.max(...places, 1e-9);
  const x = linear([0, last], [frame.left + 18, frame.width - frame.right - 14]);
  const y = linear(range, [frame.height - frame.bottom, frame.top]);
  const isChanceShown = isNumber(board.chance) && board.chance >= range[0] && board.chance <= range[1];
  const ticks = niceTicks(range[0], range[1], (frame.height - frame.top - frame.bottom) / 44);
  return { x, y, isChanceShown, ticks, xTicks: niceTicks(0, last, (frame.width - frame.left - frame.right) / 90) };
}

export function robustnessMarks(board: Board, noise: Noise, frame: Frame): CurveMarks[] {
  const { x, y } = robustnessScales(board, noise, frame);
  const drawn = noise.curves.map((curve, place) => {
    const shift = (place - (noise.curves.length - 1) / 2) * 5;
    const points = curve.points.flatMap(({ level, x: at, score }): PointMark[] => {
      const point = isNumber(at) ? meanPoint(score, x(at) + shift, y) : null;
      return point ? [{ level, ...point }] : [];
    });
    const { breakdown } = curve;
    const broke = breakdown && breakdown.reached === breakdown.seeds ? x(breakdown.estimate) : null;
    return { curve, points, breakdown: broke };
  });
  // Beside the plot stand the names of those that reach its right end; of the others beside their last point.
  const last = Math.max(...noise.trainingLevels);
  const ending = drawn.filter(({ points }) => points.at(-1)?.level === last);
  const ends = ending.map(({ points }) => points.at(-1)!.y);
  const places = spreadLabels(ends, 13, frame.top + 6, frame.height - frame.bottom);
  return drawn.map((each, place) => {
    const end = each.points.at(-1);
    if (!end) return { ...each, label: null };
    const at = ending.indexOf(each);
    if (at < 0) return { ...each, label: { x: end.x + 10, y: end.y + (place % 2 === 0 ? -9 : 11), anchorY: null } };
    return { ...each, label: { x: frame.width - frame.right + 6, y: places[at]!, anchorY: end.y } };
  });
}
