/** @file Where everything on the chart of conventions stands: a column per convention, a line per arm. */
import { isNumber } from "@/lib/format";
import type { SetArm } from "../model.ts";
import { linear, paddedRange } from "../plot/scale.ts";
import { spreadLabels } from "../plot/spreadLabels.ts";
import type { Ledger, LedgerRow } from "./conventions.ts";
import { crossings } from "./crossings.ts";

export const frame = { left: 88, right: 150, top: 26, plot: 300, line: 19 } as const;

interface PlacedScore {
  readonly x: number;
  readonly y: number;
  /** Ends of the interval; null where there is none. */
  readonly lowY: number | null;
  readonly highY: number | null;
  readonly score: LedgerRow["arms"][number];
}

export interface PlacedArm {
  readonly arm: SetArm;
  readonly points: readonly PlacedScore[];
  /** Of the name at the right end. */
  readonly labelY: number;
}

export function conventionLayout(ledger: Ledger, arms: readonly SetArm[], width: number) {
  const { rows } = ledger;
  const columnWidth = (width - frame.left - frame.right) / Math.max(1, rows.length);
  const x = (column: number) => frame.left + (column + 0.5) * columnWidth;
  const scores = rows.flatMap((row) => row.arms);
  const values = scores.flatMap(({ mean, low, high }) => [mean, low, high].filter(isNumber));
  const range = paddedRange(values, [0, 1]);
  const y = linear(range, [frame.top + frame.plot, frame.top]);
  const scoreOf = (row: LedgerRow, arm: string) => row.arms.find((each) => each.arm === arm);

  const lines = arms.map((arm) => {
    const points = rows.flatMap((row, column) => {
      const score = scoreOf(row, arm.name);
      if (!score || !isNumber(score.mean)) return [];
      const end = (value: number | null | undefined) => (isNumber(value) ? y(value) : null);
      return [{ x: x(column), y: y(score.mean), lowY: end(score.low), highY: end(score.high), score }];
    });
    return { arm, points };
  });
  const drawn = lines.filter((line) => line.points.length > 0);
  const labels = spreadLabels(
    drawn.map((line) => line.points.at(-1)!.y),
    30,
    frame.top + 10,
    frame.top + frame.plot - 6,
  );
  const placed: PlacedArm[] = drawn.map((line, at) => ({ ...line, labelY: labels[at]! }));
  const crossed = crossings(arms.map((arm) => rows.map((row) => scoreOf(row, arm.name)?.mean))).map(
    ({ column, value }) => ({ x: x(column), y: y(value) }),
  );
  return { range, x, y, columnWidth, placed, crossed };
}
