import { describe, expect, it } from "vitest";
import { emptyMatrix } from "../../apps/web/src/features/labels/noiseMatrix.ts";
import {
  type NoiseTarget,
  newNoise,
  noiseInput,
  noisesMissing,
  offeredNoises,
  parseLevels,
  withMatrix,
} from "../../apps/web/src/features/newNoiseStudy/draft.ts";
import {
  areaText,
  type Board,
  breakdownText,
  type Curve,
  differenceText,
  levelText,
  type Noise,
  signedPlace,
  stagesOf,
  swapsAt,
  swapText,
} from "../../apps/web/src/features/noiseStudy/model.ts";
import { curvesCsv, gridCsv } from "../../apps/web/src/features/noiseStudy/noiseCsv.ts";
import { robustnessMarks, robustnessScales } from "../../apps/web/src/features/noiseStudy/robustnessMarks.ts";

const point = (level: number, x: number | null, means: readonly (number | null)[]) => ({
  ...{ level, x, arm: `arm ${level}`, low: null, high: null },
  score: {
    ...{
      arm: `arm ${level}`,
      mean: means.every((mean) => mean !== null) ? (means as number[]).reduce((a, b) => a + b, 0) / means.length : null,
    },
    ...{ sd: null, seeds: means.length, items: 9 },
    perSeed: means.map((mean, seed) => ({ seed, mean, runId: `run ${level} ${seed}` })),
  },
});
const curve = (method: string, points: object[], more: object = {}) =>
  ({ method, points, area: null, areaDifference: null, breakdown: null, breakdownDifference: null, ...more }) as Curve;
const noise = (more: object = {}) =>
  ({
    ...{ name: "symmetric", kind: "symmetric", unit: "share", onEffectiveRate: true, trainingLevels: [0, 0.4] },
    ...{ evaluationLevels: [0, 0.4], curves: [], grid: [], swaps: [], ...more },
  }) as unknown as Noise;
const board = (noises: Noise[]) =>
  ({
    ...{ methods: ["a", "b"], chance: 0.5, noiseSeed: 3, equivalenceMargin: 0.02, noises },
    metric: { name: "auc", label: "AUC", higherIsBetter: true },
  }) as unknown as Board;

describe("the noise board's words", () => {
  it("say levels in the unit of their kind", () => {
    expect(levelText({ kind: "symmetric" }, 0.2)).toBe("20 %");
    expect(levelText({ kind: "dilation" }, 2.5)).toBe("2.5 px");
    expect(levelText({ kind: "spuriousBlobs" }, 3)).toBe("3 per item");
    expect(levelText({ kind: "dilation" }, 0)).toBe("none");
    expect(signedPlace(noise({ kind: "dilation" }), -3)).toBe("−3 px");
    expect(signedPlace(noise(), 0.1)).toBe("+10 %");
  });

  it("never say a breakdown point that was not reached", () => {
    const area = { mean: 0.8, low: 0.7, high: 0.9 };
    const breakdown = { estimate: 0.3, low: 0.25, high: 0.35, seeds: 5, reached: 5, last: 0.4 };
    const of = (more: object | null) => breakdownText(noise(), curve("a", [], { area, breakdown: more }));
    expect(of(breakdown)).toBe("30 % (25 % to 35 %)");
    expect(of({ ...breakdown, reached: 2, high: null })).toBe("at least 30 % (2 of 5 seeds broke down)");
    expect(of({ ...breakdown, reached: 0, estimate: 0.4 })).toBe("beyond 40 %");
    expect(of(null)).toMatch(/^none/);
    expect(breakdownText(noise(), curve("a", []))).toBe("not yet");
    expect(areaText(curve("a", [], { area }))).toBe("0.800 (0.700 to 0.900)");
    expect(areaText(curve("a", []))).toBe("not yet");
  });

  it("say differences with their interval and verdict", () => {
    const difference = { estimate: -0.05, low: -0.08, high: -0.02, verdict: "WORSE" } as never;
    expect(differenceText(difference)).toBe("−0.050 (−0.080 to −0.020), worse");
    expect(differenceText({ ...(difference as object), low: null, high: null, verdict: null } as never)).toBe(
      "−0.050, no verdict",
    );
    expect(differenceText({ estimate: null, reason: "No comparison yet: wait" } as never)).toBe("not yet");
    expect(differenceText({ estimate: null, reason: "Neither breaks down." } as never)).toBe("Neither breaks down.");
    expect(differenceText(null)).toBe("the reference");
  });

  it("find the swaps of a cell, and say whether they are decided", () => {
    const swap = { trainingLevel: 0, evaluationLevel: 0.4, better: "a", worse: "b", decided: false };
    expect(swapsAt(noise({ swaps: [swap] }), 0, 0.4)).toEqual([swap]);
    expect(swapsAt(noise({ swaps: [swap] }), 0.4, 0.4)).toEqual([]);
    expect(swapText(swap)).toMatch(/^a is above b .* below it here, by the means alone$/);
    expect(swapText({ ...swap, decided: true })).not.toContain("means");
  });

  it("count what is done of each stage", () => {
    const progress = { versions: 3, versionsMade: 1, versionsFailed: 1, runs: 9, runsSucceeded: 2, runsFailed: 0, scorings: 6, scoringsDone: 0, scoringsFailed: 0 }; // biome-ignore format: one line
    expect(stagesOf(progress as never).map(({ done, of, failed }) => [done, of, failed])).toEqual([[1, 3, 1], [2, 9, 0], [0, 6, 0]]); // biome-ignore format: one line
  });
});

describe("the robustness plot", () => {
  const frame = { width: 500, height: 300, left: 40, right: 100, top: 20, bottom: 40 };
  const breakdown = { estimate: 0.1, reached: 2, seeds: 2 };
  const drawn = noise({
    curves: [
      curve("a", [point(0, 0, [0.9, 0.8]), point(0.4, 0.2, [0.8, 0.7])], { breakdown }),
      curve("b", [point(0, 0, [0.9, null]), point(0.4, null, [0.6, 0.6])], { breakdown: { ...breakdown, reached: 1 } }),
    ],
  });

  it("places means and seeds by the axis, leaves out what has no score or place, and marks whole breakdowns alone", () => {
    const { x, y } = robustnessScales(board([drawn]), drawn, frame);
    const [a, b] = robustnessMarks(board([drawn]), drawn, frame);
    expect(a!.points.map((mark) => mark.y)).toEqual([y(0.85), y(0.75)].map((at) => expect.closeTo(at, 6)));
    expect(a!.points[1]!.x - a!.points[0]!.x).toBeCloseTo(x(0.2) - x(0), 6);
    expect(a!.points[0]!.seeds.map(({ runId }) => runId)).toEqual(["run 0 0", "run 0 1"]);
    expect(a!.points[0]!.yHigh).toBeLessThan(a!.points[0]!.yLow);
    expect([a!.breakdown, b!.breakdown]).toEqual([x(0.1), null]);
    expect([b!.points, b!.label]).toEqual([[], null]);
  });

  it("gives a table of cells and one of curves", () => {
    const cell = {
      method: "a",
      trainingLevel: 0.4,
      evaluationLevel: 0.4,
      mean: 0.7,
      sd: null,
      seeds: 2,
      items: 9,
      corrected: 0.75,
    };
    const swaps = [{ trainingLevel: 0.4, evaluationLevel: 0.4, better: "b", worse: "a", decided: false }];
    const rows = gridCsv(board([noise({ ...drawn, grid: [cell], swaps })]), 1).split("\r\n");
    expect(rows[1]).toBe("symmetric,symmetric,a,0.4,0.4,0.2,auc,0.7,,2,9,0.75,b,0.5,3,1");
    expect(curvesCsv(board([drawn])).split("\r\n")).toHaveLength(1 + 2 + 1);
  });
});

describe("the form", () => {
  const masks: NoiseTarget = { schema: { task: "SEGMENTATION", classes: ["polyp"], exclusive: null }, readers: [] };
  const grades: NoiseTarget = {
    schema: { task: "CLASSIFICATION", classes: ["none", "mild", "severe"], exclusive: true },
    readers: [],
  };

  it("reads levels of shares in percent, of pixels as they are", () => {
    expect(parseLevels("40, 20 %", "symmetric")).toEqual([0.2, 0.4]);
    expect(parseLevels("2 4;2", "dilation")).toEqual([2, 4]);
    expect(parseLevels("", "dilation")).toEqual([]);
    expect(parseLevels("2, x", "dilation")).toBeNull();
    expect(parseLevels("-2", "dilation")).toBeNull();
  });

  it("asks the api for the kind and what it needs, and for no more", () => {
    const typed = { ...newNoise(1, "spuriousBlobs"), training: "1", evaluation: "", items: 50 };
    expect(noiseInput(typed, masks)).toEqual({
      model: { kind: "spuriousBlobs", rate: 0.5, radius: [3, 6] },
      ...{ trainingLevels: [1], evaluationLevels: [] },
    });
    expect(noiseInput(newNoise(1, "symmetric"), grades)).toEqual({
      ...{ model: { kind: "symmetric" }, trainingLevels: [0.2, 0.4], evaluationLevels: [0.2] },
    });
  });

  it("offers a second reader where there is one, by whose name the noise goes, and whose share is the level", () => {
    const kinds = (target: NoiseTarget) => offeredNoises(target).map(({ value }) => value);
    expect(kinds(masks)).not.toContain("secondReader");
    expect(kinds({ ...masks, readers: ["Bea"] })).toContain("secondReader");
    const second = { ...newNoise(1, "secondReader"), items: 50 };
    expect(noiseInput(second, { ...masks, readers: ["Bea", "Cem"] })).toEqual({
      ...{ name: "reader Bea", model: { kind: "secondReader", reader: "Bea" } },
      ...{ trainingLevels: [0.5, 1], evaluationLevels: [0.5] },
    });
    const both = [second, { ...second, key: 2, reader: "Cem" }];
    expect(noisesMissing(both, { ...masks, readers: ["Bea", "Cem"] })).toEqual([]);
    expect(noisesMissing(both, { ...masks, readers: ["Bea"] })).toEqual(["different kinds of noise"]);
  });

  it("takes a matrix by its preset, and says what a measured one lacks", () => {
    const flip = withMatrix(newNoise(1, "asymmetric"), { ...emptyMatrix, source: "pairFlip" });
    expect(noiseInput(flip, grades)).toEqual({
      ...{ name: "pair flip", model: { kind: "asymmetric", matrices: [[[0, 1, 0], [0, 0, 1], [1, 0, 0]]] } },
      ...{ trainingLevels: [0.2, 0.4], evaluationLevels: [0.2] },
    }); // biome-ignore format: a matrix
    const measured = withMatrix(flip, { ...emptyMatrix, source: "measured" });
    expect([measured.training, measured.evaluation]).toEqual(["50, 100", "50"]);
    expect(noisesMissing([measured], grades)).toEqual(["two label versions to measure the noise from"]);
    const typed = withMatrix({ ...measured, training: "30" }, { ...measured.matrix, source: "own" });
    expect(typed.training).toBe("30"); // a number was corrected, not the levels
    expect(noisesMissing([flip, measured, { ...flip, key: 3 }], grades)).toContain("different kinds of noise");
  });

  it("says what is missing", () => {
    const one = newNoise(1, "dilation");
    expect(noisesMissing([one], masks)).toEqual([]);
    expect(noisesMissing([], masks)).toEqual(["a kind of noise"]);
    expect(noisesMissing([{ ...one, training: "a" }], masks)).toEqual(["levels that are numbers"]);
    expect(noisesMissing([{ ...one, training: "0", evaluation: "" }], masks)).toEqual([
      "a level above 0 of every noise",
    ]);
    expect(noisesMissing([one, { ...one, key: 2 }], masks)).toEqual(["different kinds of noise"]);
  });
});
