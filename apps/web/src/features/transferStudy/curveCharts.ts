/** @file The learning curves of one share of the data: what each small chart shows, on one scale for all. */
import { isNumber } from "@/lib/format";
import type { Curve, Level, Mark } from "../curves/curve.ts";
import { paddedRange } from "../scoredSet/plot/scale.ts";
import { type Board, type BoardCell, type LookedArm, sharesOf, shareText } from "./model.ts";

export interface ReachText {
  readonly arm: LookedArm;
  /** "reached by 5 of 5 seeds, after 310 steps" */
  readonly text: string;
}

export interface CurvePanel {
  readonly fraction: number;
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly levels: readonly Level[];
  readonly marks: readonly Mark[];
  readonly reach: readonly ReachText[];
}

const cellAt = (arm: LookedArm, fraction: number) => arm.cells.find((cell) => cell.fraction === fraction);

/** One per share that has a curve. */
export function curvePanels(board: Board, arms: readonly LookedArm[]): CurvePanel[] {
  const shares = sharesOf(board);
  return board.fractions.flatMap((fraction) => {
    const here = arms.flatMap((arm) => {
      const cell = cellAt(arm, fraction);
      return cell && cell.curve.steps.length > 0 ? [{ arm, cell }] : [];
    });
    if (here.length === 0) return [];
    const target = here.find(({ cell }) => isNumber(cell.target))?.cell.target ?? null;
    const levels = [
      ...(isNumber(board.seriesChance) ? [{ name: "chance", value: board.seriesChance }] : []),
      ...(isNumber(target) ? [{ name: "target", value: target }] : []),
    ];
    return [
      {
        fraction,
        title: shareText(here[0]!.cell, shares),
        curves: here.map(({ arm, cell }) => ({ name: arm.name, look: arm.look, points: pointsOf(cell) })),
        levels,
        marks: here.flatMap(({ arm, cell }) => {
          const steps = meanSteps(cell);
          return steps === null || !isNumber(target) ? [] : [{ step: steps, value: target, look: arm.look }];
        }),
        reach: here.map(({ arm, cell }) => ({ arm, text: reachText(cell, target) })),
      },
    ];
  });
}

const pointsOf = ({ curve }: BoardCell) =>
  curve.steps.map((step, at) => ({
    step,
    mean: curve.mean[at] ?? null,
    low: curve.low[at] ?? null,
    high: curve.high[at] ?? null,
    seeds: curve.seeds[at] ?? 0,
  }));

/** Geometric mean, as the speed gap compares; null where a seed never reached the target: a mean of the others would be too kind. */
export function meanSteps({ stepsToTarget }: BoardCell): number | null {
  const steps = stepsToTarget.flatMap((each) => (isNumber(each.steps) && each.steps > 0 ? [each.steps] : []));
  if (steps.length === 0 || steps.length < stepsToTarget.length) return null;
  return Math.exp(steps.reduce((sum, each) => sum + Math.log(each), 0) / steps.length);
}

export function reachText(cell: BoardCell, target: number | null): string {
  const { stepsToTarget } = cell;
  if (target === null) return "no target: the reference is not above chance, or has no curve yet";
  const total = stepsToTarget.length;
  const reached = stepsToTarget.filter(({ steps }) => isNumber(steps)).length;
  if (total === 0) return "no curve yet";
  const mean = meanSteps(cell);
  if (mean !== null) return `reaches the target after ${Math.round(mean)} steps`;
  if (reached === 0)
    return `does not reach the target in ${Math.max(...stepsToTarget.map(({ lastStep }) => lastStep))} steps`;
  return `reaches the target in ${reached} of ${total} seeds`;
}

/** Of all panels, so that their heights can be compared. */
export function sharedRange(panels: readonly CurvePanel[]): readonly [number, number] {
  const values = panels.flatMap(({ curves, levels }) => [
    ...curves.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high].filter(isNumber))),
    ...levels.map(({ value }) => value),
  ]);
  const [low, high] = paddedRange(values);
  const round = (value: number, by: (value: number) => number) => by(value * 10) / 10;
  // AUC and Dice end at 0 and 1; room beyond would say that a score can be there.
  return [Math.max(0, round(low, Math.floor)), Math.min(1, round(high, Math.ceil))];
}
