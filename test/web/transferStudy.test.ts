/** @file What the transfer board draws and saves, from numbers chosen by hand. */
import { armLook } from "@tessera/web/lib/arms";
import { describe, expect, it } from "vitest";
import { bandPath, linePath } from "../../apps/web/src/features/scoredSet/plot/meanPoints.ts";
import {
  curvePanels,
  meanSteps,
  reachText,
  sharedRange,
} from "../../apps/web/src/features/transferStudy/curveCharts.ts";
import {
  fractionMarks,
  fractionScales,
  isChanceNear,
} from "../../apps/web/src/features/transferStudy/fractionMarks.ts";
import {
  gapGroups,
  gapScale,
  ratioTicks,
  speedGroups,
  speedScale,
} from "../../apps/web/src/features/transferStudy/intervalRows.ts";
import {
  type Board,
  type BoardCell,
  basisText,
  leastSeeds,
  lookedArms,
  progressOf,
  sharesOf,
  shareText,
  speedText,
} from "../../apps/web/src/features/transferStudy/model.ts";
import { cellsCsv, seedsCsv } from "../../apps/web/src/features/transferStudy/transferCsv.ts";

const none = { queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };

function cell(arm: string, fraction: number, scores: readonly number[], more: Partial<BoardCell> = {}): BoardCell {
  const mean = scores.length === 0 ? null : scores.reduce((sum, each) => sum + each, 0) / scores.length;
  return {
    fraction,
    arm: `${arm} · ${fraction * 100} %`,
    ...{ trainItems: fraction * 100, leastTrainItems: fraction * 100, mostTrainItems: fraction * 100 },
    trainSubjects: fraction * 100,
    budget: 40,
    secondsPerRun: 3,
    low: null,
    high: null,
    target: 0.8,
    runStates: { ...none, succeeded: scores.length },
    score: {
      ...{ arm, mean, sd: 0.01, seeds: scores.length, items: 30 },
      perSeed: scores.map((each, seed) => ({ seed, mean: each, runId: `${arm}-${fraction}-${seed}` })),
    },
    finalGap: null,
    stepsToTarget: [],
    speedGap: null,
    curve: { steps: [], mean: [], low: [], high: [], seeds: [] },
    ...more,
  };
}

const gap = { level: 0.95, seeds: 2, items: 30, reason: "No verdict: below 5 seeds.", detectable: 0.1 };
const speed = { level: 0.95, seeds: 2, reached: 2, reachedByReference: 2, reason: "censored runs", detectable: null };
const noBounds = { ratio: null, low: null, high: null, atLeast: null, atMost: null, verdict: null };
const reach = (seed: number, steps: number | null) => ({
  ...{ seed, steps, lastStep: 40, beforeFirstValidation: false },
  runId: `a-0.1-${seed}`,
});

const board: Board = {
  fold: "TEST",
  metric: { name: "auc", label: "AUC", unit: null, higherIsBetter: true, convention: "ties count half" },
  chance: 0.5,
  chanceText: "",
  series: "validation/auc",
  seriesChance: 0.5,
  reference: "random",
  fractions: [0.1, 1],
  equivalenceMargin: 0.02,
  verdict: "Undecided.",
  notes: [],
  arms: [
    {
      ...{ name: "random", startingWeights: { kind: "random" }, verdict: null, closing: null },
      pretraining: { hops: [], steps: 0, seconds: 0, sentence: "none" },
      cells: [
        cell("random", 0.1, [0.6, 0.7], {
          stepsToTarget: [reach(0, 40), reach(1, 10)],
          curve: { steps: [20, 40], mean: [0.6, 0.8], low: [0.55, 0.75], high: [0.65, 0.85], seeds: [2, 2] },
        }),
        cell("random", 1, [0.9, 0.8]),
      ],
    },
    {
      ...{ name: "a", startingWeights: { kind: "imported" }, verdict: "Undecided.", closing: null },
      pretraining: { hops: [], steps: null, seconds: null, sentence: "not known" },
      cells: [
        cell("a", 0.1, [0.8, 0.9], {
          finalGap: { ...gap, estimate: 0.2, low: 0.1, high: 0.3, verdict: "BETTER" },
          speedGap: { ...speed, ...noBounds, reached: 1, atLeast: 1.5 },
          stepsToTarget: [reach(0, 30), reach(1, null)],
        }),
        cell("a", 1, [], {
          runStates: { ...none, failed: 1, queued: 1 },
          finalGap: { ...gap, estimate: null, low: null, high: null, verdict: null },
        }),
      ],
    },
  ],
};
const arms = lookedArms(board, "light");
const frame = { width: 600, height: 300, left: 40, right: 100, top: 20, bottom: 40 };

describe("scores by share", () => {
  it("stand at equal steps of ratio, higher scores higher, chance in sight", () => {
    const { x, y, ticks } = fractionScales({ ...board, fractions: [0.01, 1] }, arms, frame);
    expect(x(0.1) - x(0.01)).toBeCloseTo(x(1) - x(0.1), 9);
    expect(y(0.9)).toBeLessThan(y(0.6));
    expect(y(0.5)).toBeLessThanOrEqual(frame.height - frame.bottom);
    expect(ticks.every((tick) => y(tick) >= frame.top && y(tick) <= frame.height - frame.bottom)).toBe(true);
  });

  it("leave chance out where it would squeeze them", () => {
    const far = { ...board, chance: 0 };
    expect(fractionScales(board, arms, frame).isChanceShown).toBe(true);
    expect(fractionScales(far, arms, frame)).toMatchObject({ isChanceShown: true }); // 0.6 away from scores 0.3 apart
    expect(isChanceNear(0.5, [0.9, 0.96])).toBe(false);
    expect(isChanceNear(null, [0.9, 0.96])).toBe(false);
  });

  it("are a mark for each seed that has a score, and none where nothing is scored", () => {
    const marks = fractionMarks(board, arms, frame);
    expect(marks.map(({ cells }) => cells.map(({ fraction, value }) => [fraction, Number(value.toFixed(3))]))).toEqual([
      [
        [0.1, 0.65],
        [1, 0.85],
      ],
      [[0.1, 0.85]],
    ]);
    const [first] = marks[0]!.cells;
    expect(first!.seeds.map(({ seed, value, runId }) => [seed, value, runId])).toEqual([
      [0, 0.6, "random-0.1-0"],
      [1, 0.7, "random-0.1-1"],
    ]);
    expect(first!.seeds[0]!.x).toBeLessThan(first!.seeds[1]!.x);
    expect([first!.yLow, first!.yHigh]).toEqual([first!.seeds[0]!.y, first!.seeds[1]!.y]);
    expect(linePath(marks[0]!.cells)).toMatch(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+$/);
    expect(bandPath(marks[0]!.cells).split("L")).toHaveLength(4);
    expect([linePath(marks[1]!.cells), bandPath(marks[1]!.cells)]).toEqual(["", ""]);
  });

  it("have names that do not lie on one another, beside the last mean of each", () => {
    const scored = arms.map((arm) => ({ ...arm, cells: [cell(arm.name, 0.1, [0.6]), cell(arm.name, 1, [0.85])] }));
    const labels = fractionMarks(board, scored, frame).map(({ label }) => label!);
    expect(labels.map(({ anchorY }) => anchorY)).toEqual([labels[0]!.anchorY, labels[0]!.anchorY]);
    expect(labels[0]!.anchorY).not.toBeNull();
    expect(Math.abs(labels[0]!.y - labels[1]!.y)).toBeGreaterThanOrEqual(13 - 1e-9);
    // One that has no score at the largest share yet is named where it ends.
    const [, early] = fractionMarks(board, arms, frame);
    expect(early!.label).toEqual({ x: early!.cells[0]!.x + 10, y: early!.cells[0]!.y - 9, anchorY: null });
  });
});

describe("gaps", () => {
  it("are rows of the arms but the reference, each with its comparison", () => {
    const [group, ...others] = gapGroups(board, arms, "e1");
    expect(others).toEqual([]);
    expect(group!.name).toBe("a");
    expect(
      group!.rows.map(({ label, at, low, high, value, verdict }) => [label, at, low, high, value, verdict]),
    ).toEqual([
      ["10 %", 0.2, 0.1, 0.3, "+0.200", "better"],
      ["100 %", null, null, null, "not yet", ""],
    ]);
    expect(group!.rows[0]!.href).toBe("/experiments/e1?tab=comparison&a=random+%C2%B7+10+%25&b=a+%C2%B7+10+%25");
    expect(group!.rows[0]!.told).toContain("95 % interval +0.100 to +0.300");
  });

  it("are drawn with the margin in sight", () => {
    const { place } = gapScale([], 0.3, [0, 100]);
    expect(place(-0.3)).toBeGreaterThanOrEqual(0);
    expect(place(0.3)).toBeLessThanOrEqual(100);
    expect(place(0)).toBeCloseTo(50, 9);
  });

  it("of speed are a bound where a run never reached the target", () => {
    const [group] = speedGroups(board, arms, "e1");
    expect(group!.rows.map(({ at, bound, value, verdict }) => [at, bound, value, verdict])).toEqual([
      [1.5, "atLeast", "≥ 1.5 × slower", "censored"],
      [null, "is", "not yet", ""],
    ]);
    const told = (bounds: object) => {
      const changed = { ...board.arms[1]!.cells[0]!, speedGap: { ...speed, ...noBounds, ...bounds } };
      const looked = { ...arms[1]!, look: armLook(1, "light"), cells: [changed] };
      return speedGroups(board, [looked], "e1")[0]!.rows[0]!.value;
    };
    // A bound is the ratio with its interval, and has a verdict.
    expect(told({ ratio: 1.5, low: 1.1, high: 2, atLeast: 1.5, verdict: "WORSE" })).toBe("≥ 1.5 × slower");
    expect([told({ atLeast: 0.5 }), told({ atMost: 0.25 }), told({ atMost: 3 }), told({ atLeast: 1.001 })]).toEqual([
      "steps ≥ 0.5 ×",
      "≥ 4 × faster",
      "steps ≤ 3 ×",
      "steps ≥ 1 ×",
    ]);
    expect(told({ ratio: 0.4, low: 0.3, high: 0.5, verdict: "BETTER" })).toBe("2.5 × faster");
    expect([speedText(1), speedText(2)]).toEqual(["as fast", "2 × slower"]);
  });

  it("of speed stand at equal steps of ratio about 1, with round ticks", () => {
    const rows = [0.25, 4].map((at) => ({ ...speedGroups(board, arms, "e1")[0]!.rows[0]!, at }));
    const { place, ticks } = speedScale([{ name: "a", look: armLook(1, "light"), rows }], [0, 300]);
    expect(place(1) - place(0.5)).toBeCloseTo(place(2) - place(1), 9);
    expect(ticks).toContain(1);
    expect(ratioTicks([0.2, 5], 5)).toEqual([0.25, 0.5, 1, 2, 4]);
    expect(ratioTicks([0.005, 200], 4)).toEqual([0.01, 0.1, 1, 10, 100].filter((_, i) => i % 2 === 0));
  });
});

describe("learning curves", () => {
  it("are a panel for each share that has one, with chance, target and where it is reached", () => {
    const [panel, ...others] = curvePanels(board, arms);
    expect(others).toEqual([]);
    expect(panel!.title).toBe("10 % of the training items: 10");
    expect(panel!.levels).toEqual([
      { name: "chance", value: 0.5 },
      { name: "target", value: 0.8 },
    ]);
    expect(panel!.marks.map(({ step, value }) => [Math.round(step), value])).toEqual([[20, 0.8]]); // sqrt(40 * 10)
    expect(panel!.reach.map(({ text }) => text)).toEqual(["reaches the target after 20 steps"]);
    expect(sharedRange([panel!])).toEqual([0.4, 0.9]);
  });

  it("have no mean of the steps where a seed never got there", () => {
    const [censored] = board.arms[1]!.cells;
    expect(meanSteps(censored!)).toBeNull();
    expect(reachText(censored!, 0.8)).toBe("reaches the target in 1 of 2 seeds");
    expect(reachText({ ...censored!, stepsToTarget: [reach(0, null)] }, 0.8)).toBe(
      "does not reach the target in 40 steps",
    );
    expect(reachText(censored!, null)).toContain("no target");
  });
});

it("says what the numbers rest on, and how far the runs are", () => {
  expect(basisText(board, 3)).toBe("test fold, n = 30 items, 2 seeds, label version 3");
  expect(progressOf(board)).toEqual({ total: 8, open: 1, failed: 1, cancelled: 0, failedArms: ["a · 100 %"] });
  expect(leastSeeds(board)).toBe(0);
});

it("is saved with every number, bounds and undefined ones apart", () => {
  const lines = cellsCsv(board, 3).trim().split("\r\n");
  expect(lines).toHaveLength(5);
  const row = (line: number) =>
    Object.fromEntries(lines[0]!.split(",").map((name, at) => [name, lines[line]!.split(",")[at]]));
  expect(row(3)).toMatchObject({
    ...{ arm: "a", fraction: "0.1", train_items: "10", final_gap: "0.2", gap_verdict: "better", gap_high: "0.3" },
    ...{ steps_ratio: "", ratio_at_least: "1.5", reached: "1", speed_verdict: "", label_version: "3", fold: "test" },
  });
  expect(row(4)).toMatchObject({ mean: "", final_gap: "", steps_ratio: "" });
  const runs = seedsCsv(board).trim().split("\r\n");
  expect(runs).toContain("a,0.1,0,a-0.1-0,auc,0.8,30,40");
  expect(runs).toContain("a,0.1,1,a-0.1-1,auc,0.9,,40");
});

describe("the size of a share", () => {
  it("is in items, and in subjects where these have several", () => {
    const own = cell("random", 0.05, [0.6]);
    expect(shareText(own, "items")).toBe("5 % of the training items: 5");
    const several = { ...own, trainItems: 44, leastTrainItems: 37, mostTrainItems: 52, trainSubjects: 3 };
    expect(shareText(several, "subjects")).toBe("5 % of the training subjects: 3, with 37–52 items");
    const boardOf = (...cells: BoardCell[]) => ({ arms: [{ cells }] }) as unknown as Board;
    expect([sharesOf(boardOf(own)), sharesOf(boardOf(own, several))]).toEqual(["items", "subjects"]);
  });
});
