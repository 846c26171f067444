import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossings } from "../../apps/web/src/features/scoredSet/ledger/crossings.ts";
import { bandPath, meanAt, meanPath } from "../../apps/web/src/features/scoredSet/ledger/thresholdLines.ts";
import { panelLayout, panelSize } from "../../apps/web/src/features/scoredSet/plot/dotPanels.ts";
import { logarithmic, paddedRange } from "../../apps/web/src/features/scoredSet/plot/scale.ts";
import { spreadLabels } from "../../apps/web/src/features/scoredSet/plot/spreadLabels.ts";
import { smoothedLine } from "../../apps/web/src/features/scoredSet/regionSizes/smoothedLine.ts";
import { armLook } from "../../apps/web/src/lib/arms.ts";

describe("labels at the ends of lines", () => {
  it("share the move where they touch, and stay inside", () => {
    expect(spreadLabels([50, 52], 12, 0, 100)).toEqual([45, 57]);
    expect(spreadLabels([52, 50], 12, 0, 100)).toEqual([57, 45]);
    expect(spreadLabels([98, 99], 12, 0, 100)).toEqual([88, 100]);
    expect(spreadLabels([10, 60], 12, 0, 100)).toEqual([10, 60]);
  });

  it("never overlap, keep their order and move no further than they must", () => {
    const places = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(places, (wanted) => {
        const placed = spreadLabels(wanted, 14, 0, 400);
        const order = wanted.map((_, at) => at).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
        const sorted = order.map((at) => placed[at]!);
        for (const [at, value] of sorted.entries()) {
          expect(value).toBeGreaterThanOrEqual(-1e-9);
          expect(value).toBeLessThanOrEqual(400 + 1e-9);
          if (at > 0) expect(value - sorted[at - 1]!).toBeGreaterThanOrEqual(14 - 1e-9);
        }
        const apart = order.every((at, i) => i === 0 || wanted[at]! - wanted[order[i - 1]!]! >= 14);
        if (apart) expect(placed).toEqual(wanted);
      }),
    );
  });
});

describe("where arms change places", () => {
  it("is where their lines cross, at the value that both have there", () => {
    expect(
      crossings([
        [0.8, 0.6],
        [0.7, 0.9],
      ]),
    ).toEqual([{ a: 0, b: 1, column: expect.closeTo(0.25), value: expect.closeTo(0.75) }]);
  });

  it("is nowhere for lines that touch, or have a gap between the columns", () => {
    expect(
      crossings([
        [0.8, 0.7, 0.8],
        [0.7, 0.7, 0.7],
      ]),
    ).toEqual([]);
    expect(
      crossings([
        [0.8, null, 0.6],
        [0.7, 0.7, 0.7],
      ]),
    ).toEqual([]);
    expect(crossings([[0.8, 0.8]])).toEqual([]);
  });
});

describe("lines of known errors", () => {
  it("follow a straight line in log size exactly, to both ends", () => {
    const points = Array.from({ length: 30 }, (_, i) => 10 ** (-3 + i / 10)).map(
      (share) => [share, 0.9 + 0.2 * Math.log10(share)] as const,
    );
    const line = smoothedLine(points.filter(([, dice]) => dice >= 0.1));
    expect(line.length).toBe(33);
    for (const [share, dice] of line) expect(dice).toBeCloseTo(0.9 + 0.2 * Math.log10(share), 6);
  });

  it("stay scores, lie among what they smooth, and are not drawn through fewer than three items", () => {
    const line = smoothedLine([0.001, 0.002, 0.004, 0.008, 0.1].map((share, at) => [share, at % 2]));
    for (const [, dice] of line) expect(dice >= 0 && dice <= 1).toBe(true);
    expect(
      smoothedLine([
        [0.1, 0.5],
        [0.2, 0.6],
      ]),
    ).toEqual([]);
    expect(
      smoothedLine([
        [0.1, 0.5],
        [0.1, 0.6],
        [0.1, 0.7],
      ]),
    ).toEqual([]);
  });
});

const curve = {
  arm: "A",
  thresholds: [0.25, 0.5, 0.75],
  mean: [0.6, null, 0.8],
  low: [0.5, null, 0.7],
  high: [0.7, null, 0.9],
};
const same = (value: number) => value;

describe("a threshold curve", () => {
  it("has a gap where its mean is undefined, and a band where its interval is known", () => {
    expect(meanPath(curve, same, same)).toBe("M0.25 0.6M0.75 0.8");
    expect(bandPath(curve, same, same)).toBe("M0.25 0.7L0.75 0.9L0.75 0.7L0.25 0.5Z");
    expect(bandPath({ ...curve, low: [null, null, null] }, same, same)).toBe("");
  });

  it("is read between two thresholds by a straight line, and nowhere else", () => {
    const whole = { ...curve, mean: [0.6, 0.8, 0.7] };
    expect(meanAt(whole, 0.5)).toBe(0.8);
    expect(meanAt(whole, 0.3)).toBeCloseTo(0.64);
    expect(meanAt(whole, 0.9)).toBeNull();
    expect(meanAt(curve, 0.3)).toBeNull();
  });
});

describe("small multiples", () => {
  const panel = (key: string) => ({ key, title: key, higherIsBetter: true, rows: [], text: String });
  const groups = [
    { title: "Overlap", panels: ["a", "b", "c"].map(panel) },
    { title: "Boundary", panels: ["d"].map(panel) },
  ];

  it("stand side by side as many as fit, each group on lines of its own", () => {
    const { placed, headings } = panelLayout(groups, 600, 2);
    const lines = placed.map(({ y }) => y);
    expect(new Set(placed.map(({ x }) => x)).size).toBe(2);
    expect(lines[0]).toBe(lines[1]);
    expect(lines[2]).toBe(lines[0]! + panelSize.head + 2 * panelSize.row + panelSize.foot);
    expect(lines[3]).toBeGreaterThan(lines[2]!);
    expect(headings.map(({ title }) => title)).toEqual(["Overlap", "Boundary"]);
  });

  it("stand one under the other on a narrow screen, within its height", () => {
    const { placed, height } = panelLayout(groups, 340, 2);
    expect(placed.every(({ x, width }) => x === 0 && width === 340)).toBe(true);
    const bottom = Math.max(...placed.map(({ y }) => y + panelSize.head + 2 * panelSize.row + panelSize.foot));
    expect(height).toBeGreaterThanOrEqual(bottom);
  });
});

it("gives a range with room around its values, within what they can be", () => {
  expect(paddedRange([0.5, 0.9], [0, 1])).toEqual([expect.closeTo(0.468), expect.closeTo(0.932)]);
  expect(paddedRange([0.99, 1], [0, 1])[1]).toBe(1);
  expect(paddedRange([], [0, 1])).toEqual([0, 1]);
  const same = paddedRange([0.5, 0.5]);
  expect(same[1] - same[0]).toBeCloseTo(0.02);
  expect(logarithmic([0.01, 1], [0, 100])(0.1)).toBeCloseTo(50);
});

it("tells more arms apart than it has colours", () => {
  const looks = Array.from({ length: 36 }, (_, at) => armLook(at, "light"));
  expect(new Set(looks.map(({ color, marker }) => `${color} ${marker}`)).size).toBe(36);
  expect(armLook(6, "light").color).toBe(armLook(0, "light").color);
});
