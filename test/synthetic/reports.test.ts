/** The labeller on reports whose truth is planted. Floors, not targets: some of their wordings it does not know. */
import { verdictScores } from "@tessera/analysis/reports/verdictCounts";
import { findingNames } from "@tessera/domain/reports/findings";
import { labelReport } from "@tessera/domain/reports/labelReport";
import { naiveLabels } from "@tessera/domain/reports/naiveLabels";
import type { Verdict } from "@tessera/domain/reports/report";
import { syntheticReport } from "@tessera/synthetic/reports/report";
import { describe, expect, it } from "vitest";

type Pair = readonly [said: Verdict, truth: Verdict];
const reports = Array.from({ length: 400 }, (_, index) => syntheticReport({ seed: 11, index }));
const ours = new Map<string, Pair[]>(findingNames.map((finding) => [finding, []]));
const naive = new Map<string, Pair[]>(findingNames.map((finding) => [finding, []]));
for (const { text, truth } of reports) {
  for (const { finding, verdict } of labelReport(text)) ours.get(finding)!.push([verdict, truth.get(finding)!]);
  for (const [finding, verdict] of naiveLabels(text)) naive.get(finding)!.push([verdict, truth.get(finding)!]);
}

describe("the labeller of reports", () => {
  it.each(findingNames)("%s: positive, negative and uncertain are found and right", (finding) => {
    const pairs = ours.get(finding)!;
    for (const [verdict, precision, recall] of [
      ["positive", 0.78, 0.9],
      ["negative", 0.95, 0.85],
      ["uncertain", 0.95, 0.75],
    ] as const) {
      // biome-ignore format: one line
      const score = verdictScores(pairs, verdict);
      expect(score.precision, `${verdict}, precision`).toBeGreaterThanOrEqual(precision);
      expect(score.recall, `${verdict}, recall`).toBeGreaterThanOrEqual(recall);
    }
  });

  it("is far better than one that only looks for a finding and for a no in its sentence", () => {
    const all = (of: ReadonlyMap<string, readonly Pair[]>) => [...of.values()].flat();
    const f1 = (of: ReadonlyMap<string, readonly Pair[]>, verdict: Verdict) => verdictScores(all(of), verdict).f1 ?? 0;
    expect(f1(ours, "positive")).toBeGreaterThan(0.9);
    expect(f1(ours, "negative")).toBeGreaterThan(0.95);
    expect(f1(ours, "uncertain")).toBeGreaterThan(0.9);
    expect(f1(naive, "positive")).toBeLessThan(0.5);
    expect(f1(naive, "negative")).toBeLessThan(0.75);
  });

  it("is not right of every report: wordings that it does not know are planted too", () => {
    const wrong = [...ours.values()].flat().filter(([said, truth]) => said !== truth).length;
    expect(wrong).toBeGreaterThan(0);
    expect(wrong / (reports.length * findingNames.length)).toBeLessThan(0.06);
  });
});

describe("a synthetic report", () => {
  it("is a function of seed and index, and says what was planted of fourteen findings", () => {
    expect(syntheticReport({ seed: 11, index: 5 })).toEqual(reports[5]);
    expect(syntheticReport({ seed: 12, index: 5 }).text).not.toBe(reports[5]!.text);
    expect([...reports[5]!.truth.keys()]).toEqual(findingNames);
    const share = (verdict: Verdict) => reports.flatMap(({ truth }) => [...truth.values()]).filter((each) => each === verdict).length / (400 * 14); // biome-ignore format: one line
    expect(share("positive")).toBeCloseTo(0.18, 1);
    expect(share("uncertain")).toBeCloseTo(0.12, 1);
  });
});
