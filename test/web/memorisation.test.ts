import { describe, expect, it } from "vitest";
import {
  type Board,
  chartsOf,
  curveName,
  lossRange,
  memorisationCsv,
  type NoiseCurve,
  onsetText,
} from "../../apps/web/src/features/memorisation/model.ts";

const band = (mean: (number | null)[], spread = 0) => ({
  epochs: mean.map((_, at) => at + 1),
  mean,
  low: mean.map((value) => value && value - spread),
  high: mean.map((value) => value && value + spread),
  seeds: mean.map((value) => (value === null ? 0 : 2)),
});
const nothing = band([null, null, null]);
const curve = (more: Partial<NoiseCurve> = {}): NoiseCurve => ({
  noise: "symmetric, 40 % drawn anew",
  askedRate: 0.4,
  effectiveRate: 0.2,
  onset: 2.5,
  onsetSd: 0.7,
  share: 0.9,
  shareSd: 0.1,
  labelVersions: [{ id: "v", number: 3 }],
  runs: [
    { runId: "a", seed: 1, onset: 2, share: 1 },
    { runId: "b", seed: 2, onset: 3, share: 0.8 },
    { runId: "c", seed: 3, onset: null, share: 0.8 },
  ],
  cleanLoss: band([0.6, 0.3, 0.1]),
  corruptedLoss: band([0.9, 1.1, 0.4], 0.05),
  cleanFitted: band([0.7, 0.9, 1]),
  corruptedFitted: band([0.3, 0.4, 0.9]),
  corruptedAsTrue: band([0.7, 0.6, 0.1]),
  ...more,
});
const clean = curve({
  noise: "symmetric, 0 % drawn anew",
  askedRate: 0,
  effectiveRate: 0,
  onset: null,
  onsetSd: null,
  share: null,
  corruptedLoss: nothing,
  corruptedFitted: nothing,
  corruptedAsTrue: nothing,
});
const board = (...curves: NoiseCurve[]) => ({ rule: "", arm: "a", arms: ["a"], clean: { id: "v1", number: 1 }, curves }) as unknown as Board; // biome-ignore format: one line

describe("the charts", () => {
  it("of one noise hold clean against corrupted, the onset marked on the corrupted curve", () => {
    const [loss, shares] = chartsOf(board(curve()), "light");
    expect(loss!.curves.map(({ name }) => name)).toEqual(["clean labels", "corrupted labels"]);
    expect(loss!.marks.map(({ step, value }) => [step, value])).toEqual([[3, 0.4]]); // 2.5 rounds to 3
    expect(shares!.curves).toHaveLength(3);
    expect(shares!.marks.map(({ value }) => value)).toEqual([0.9]);
  });

  it("of several have a curve per noise, which keeps its look where another is missing", () => {
    const charts = chartsOf(board(clean, curve()), "light");
    expect(charts.map(({ title }) => title)).toEqual([
      "Loss of clean labels",
      "Loss of corrupted labels",
      "Corrupted labels predicted as given",
      "Corrupted labels predicted as before the noise",
    ]);
    expect(charts.map(({ curves }) => curves.length)).toEqual([2, 1, 1, 1]);
    expect(charts[1]!.curves[0]!.look).toEqual(charts[0]!.curves[1]!.look);
    expect(charts[0]!.marks).toEqual([]);
    expect(lossRange(charts)).toEqual([0, 1.2]); // the top of the band, 1.15
  });

  it("of masks have no shares", () => {
    const masks = curve({ cleanFitted: nothing, corruptedFitted: nothing, corruptedAsTrue: nothing });
    expect(chartsOf(board(masks), "light").map(({ title }) => title)).toEqual(["Loss"]);
  });
});

it("says when memorisation begins, of how many seeds, and that it does not", () => {
  expect(onsetText(curve())).toBe("epoch 2.5 ± 0.7 (2 of 3 seeds)");
  expect(onsetText(curve({ onset: null, onsetSd: null }))).toBe("not in these epochs");
  expect(onsetText(clean)).toBe("nothing is corrupted");
});

it("names a curve by the effective rate, with what was asked or the noise itself", () => {
  expect(curveName(curve())).toBe("20.0 % changed (40 % asked)");
  expect(curveName(curve({ askedRate: null, noise: "asymmetric, by a matrix" }))).toBe("20.0 % changed: asymmetric, by a matrix"); // biome-ignore format: one line
});

it("is a table of every epoch that is told", () => {
  const lines = memorisationCsv(board(clean)).trim().split("\n");
  expect(lines).toHaveLength(1 + 3 + 3); // of the clean version two series of three epochs
  expect(lines[1]).toContain("cleanLoss,1,0.6");
});
