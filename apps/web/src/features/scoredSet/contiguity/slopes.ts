/** @file Before and after as two columns of a slope chart. */
import { isNumber } from "@/lib/format";
import type { SetArm } from "../model.ts";
import { linear, paddedRange, type Range } from "../plot/scale.ts";
import { spreadLabels } from "../plot/spreadLabels.ts";
import type { Processed } from "./pieces.ts";

export const slopeFrame = { head: 42, plot: 170, side: 62 } as const;

export interface Slope {
  readonly arm: SetArm;
  readonly before: number;
  readonly after: number;
  readonly y: readonly [before: number, after: number];
  readonly labelY: readonly [before: number, after: number];
}

/** The arms for which both are known; places in pixels from the top. */
export function slopes(
  results: readonly Processed[],
  arms: readonly SetArm[],
  of: (score: Processed["before"]) => number | null | undefined,
  bounds: Range,
): Slope[] {
  const known = arms.flatMap((arm) => {
    const found = results.find((each) => each.arm === arm.name);
    const [before, after] = [found && of(found.before), found?.after && of(found.after)];
    return isNumber(before) && isNumber(after) ? [{ arm, before, after }] : [];
  });
  const range = paddedRange(
    known.flatMap(({ before, after }) => [before, after]),
    bounds,
  );
  const place = linear(range, [slopeFrame.head + slopeFrame.plot, slopeFrame.head]);
  const apart = (values: number[]) =>
    spreadLabels(
      values.map((value) => place(value) + 4),
      14,
      slopeFrame.head,
      slopeFrame.head + slopeFrame.plot + 4,
    );
  const [left, right] = [apart(known.map((each) => each.before)), apart(known.map((each) => each.after))];
  return known.map((each, at) => ({
    ...each,
    y: [place(each.before), place(each.after)],
    labelY: [left[at]!, right[at]!],
  }));
}
