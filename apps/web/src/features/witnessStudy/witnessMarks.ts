/** @file Places of a pooling's scores over the witness rates: rates at equal steps of ratio, seeds beside one another. */
import { niceTicks } from "../comparison/ticks.ts";
import { type CurveLabel, type Frame, type MeanPoint, meanPoint, seedValues } from "../scoredSet/plot/meanPoints.ts";
import { linear, logarithmic, paddedRange } from "../scoredSet/plot/scale.ts";
import { spreadLabels } from "../scoredSet/plot/spreadLabels.ts";
import { type Board, type Curve, rateText } from "./model.ts";

export interface RateMark extends MeanPoint {
  readonly rate: number;
  /** In words. */
  readonly place: string;
}

export interface PoolingMarks {
  readonly curve: Curve;
  readonly points: readonly RateMark[];
  /** Null: no point has a score. */
  readonly label: CurveLabel | null;
  /** Of the limit on the axis; null: it is not within the rates. */
  readonly limit: number | null;
}

export const chance = 0.5;
/** Room that the name of a rate needs, pixels. */
const tickRoom = 40;

export function witnessScales(board: Board, frame: Frame) {
  const values = seedValues(board.curves.flatMap(({ points }) => points.map(({ score }) => score)));
  const range = paddedRange([...values, chance, board.chanceCeiling], [0, 1.02]);
  const rates = board.rates.map(({ rate }) => rate);
  const ends = [rates[0] ?? 0.01, rates.at(-1) ?? 0.5] as const;
  const x = logarithmic(ends, [frame.left + 22, Math.max(frame.left + 60, frame.width - frame.right - 22)]);
  const y = linear(range, [frame.height - frame.bottom, frame.top]);
  const ticks = niceTicks(range[0], Math.min(1, range[1]), (frame.height - frame.top - frame.bottom) / 44);
  return { x, y, ticks, xTicks: apart(rates, x) };
}

/** The rates whose names do not run into that before them. */
function apart(rates: readonly number[], x: (rate: number) => number): number[] {
  const kept: number[] = [];
  for (const rate of rates) if (kept.length === 0 || x(rate) - x(kept.at(-1)!) >= tickRoom) kept.push(rate);
  return kept;
}

export function witnessMarks(board: Board, frame: Frame): PoolingMarks[] {
  const { x, y } = witnessScales(board, frame);
  const drawn = board.curves.map((curve, place) => {
    const shift = (place - (board.curves.length - 1) / 2) * Math.min(5, 24 / board.curves.length);
    const points = curve.points.flatMap(({ rate, score }): RateMark[] => {
      const point = meanPoint(score, x(rate) + shift, y);
      return point ? [{ rate, place: rateText(rate), ...point }] : [];
    });
    const { limit } = curve;
    return { curve, points, limit: limit && limit.below + limit.above === 0 ? x(limit.estimate) : null };
  });
  // Names stand beside the plot, a line leads to each from its last point, wherever that is.
  const named = drawn.filter(({ points }) => points.length > 0);
  const ends = named.map(({ points }) => points.at(-1)!.y);
  const places = spreadLabels(ends, 13, frame.top + 6, frame.height - frame.bottom);
  return drawn.map((each) => {
    const at = named.indexOf(each);
    if (at < 0) return { ...each, label: null };
    return { ...each, label: { x: frame.width - frame.right + 6, y: places[at]!, anchorY: ends[at]! } };
  });
}
