import { describe, expect, it } from "vitest";
import { checksCsv } from "../../apps/web/src/features/heatmaps/checksCsv.ts";
import {
  askedText,
  type Checks,
  cascadeLabel,
  cascadeLines,
  labelModelText,
  localisationText,
  verdictText,
} from "../../apps/web/src/features/heatmaps/checkText.ts";

const left = (signed: number, magnitude: number) => [
  { measure: "SIGNED" as const, estimate: signed, low: signed - 0.1, high: signed + 0.1 },
  { measure: "MAGNITUDE" as const, estimate: magnitude, low: null, high: null },
  { measure: "STRUCTURE" as const, estimate: 0, low: -0.1, high: 0.1 },
];
const alike = (value: number) => ({ signed: value, magnitude: value, structure: value });
const checks: Checks = {
  method: "GRAD_CAM",
  verdict: "PASSES",
  items: 10,
  blank: 2,
  cascade: [
    { block: "head", similarity: alike(0.5), chance: alike(0) },
    { block: "stem", similarity: alike(0.2), chance: alike(0.2) },
  ],
  weights: { n: 8, verdict: "PASSES", left: left(0.1, 0.2) },
  labels: { n: 10, verdict: "PASSES", left: left(-0.3, -0.1), similarity: alike(0), chance: alike(0) },
  localisation: null,
};

describe("the sentence of a method", () => {
  it("names what is left, by the measure by which most is", () => {
    expect(verdictText(checks)).toBe(
      "Most of a map goes with what the model learnt: with random weights 20 % of a map is left (rank correlation of strength), with labels that mean nothing 0 % (SSIM). That does not make it right; see the localisation.",
    );
  });

  it("of a method that does not depend on the model names the check that it fails", () => {
    const weights = { n: 8, verdict: "PASSES" as const, left: left(0.1, 0.2) };
    const labels = { ...checks.labels!, verdict: "INDEPENDENT" as const, left: left(0.95, 0.9) };
    expect(verdictText({ ...checks, verdict: "INDEPENDENT", weights, labels })).toMatch(
      /learnt nothing: with labels that mean nothing 95 % \(rank correlation\)\. It tells of the image/,
    );
    const failing = { ...weights, verdict: "INDEPENDENT" as const, left: left(0.99, 0.9) };
    expect(verdictText({ ...checks, verdict: "INDEPENDENT", weights: failing })).toMatch(/with random weights 99 %/);
  });

  it("says where the maps show nothing", () => {
    const blank = { ...checks, verdict: "UNDECIDED" as const, items: 0, blank: 12, weights: null, labels: null };
    expect(verdictText(blank)).toMatch(/of 12 items only 0 have a map .+ last block of 1 × 1 pixels/);
  });
});

describe("the cascade", () => {
  it("is drawn beyond chance: 1 is the same map, 0 what any two share", () => {
    expect(cascadeLines(checks)[0]).toEqual({ measure: "SIGNED", values: [expect.closeTo(0.5, 9), 0] });
    expect(cascadeLabel(checks)).toMatch(/\(head, stem\): rank correlation 0\.50, 0\.00; rank correlation of strength/);
  });
});

describe("the localisation in words", () => {
  const of = (mean: number, low: number | null, high: number | null) => ({ mean, low, high });
  const base = { items: 9, auc: of(0.8, 0.7, 0.9), edgeDetector: of(0.7, 0.6, 0.8), centrePrior: of(0.5, 0.4, 0.6) };

  it("is better, worse, or not told apart, and never no difference", () => {
    const overEdgeDetector = of(0.1, 0.02, 0.18);
    const overCentrePrior = of(-0.01, -0.09, 0.07);
    expect(localisationText({ ...base, overEdgeDetector, overCentrePrior })).toBe(
      "On 9 items: better than an edge detector (+0.10, 0.02 to 0.18), not told apart from nearness to the middle (−0.01, −0.09 to 0.07).",
    );
    const worse = of(-0.2, -0.3, -0.1);
    expect(localisationText({ ...base, overEdgeDetector: worse, overCentrePrior })).toMatch(
      /worse than an edge detector/,
    );
    const one = of(0.1, null, null);
    expect(localisationText({ ...base, items: 1, overEdgeDetector: one, overCentrePrior })).toMatch(
      /^On 1 item: not comparable with an edge detector on one item/,
    );
  });
});

it("the label-randomised model says how much it learnt by heart", () => {
  expect(labelModelText({ runId: null, steps: 300, accuracy: 0.87, chance: 0.5 })).toMatch(
    /for 300 steps on permuted labels, of which it learnt 87 % \(the most frequent answer: 50 %\)/,
  );
  expect(labelModelText({ runId: "x", steps: null, accuracy: null, chance: null })).toMatch(/another run/);
});

it("an inspection is listed by what was asked", () => {
  const request = {
    choice: "confidentWrong",
    itemIds: [],
    count: 4,
    classIndex: 1,
    methods: ["gradCam"],
    baseline: "black",
  };
  expect(askedText(request, ["normal", "pneumonia"])).toBe("4 surest wrong · pneumonia · 1 method · baseline black");
  const named = { ...request, choice: "named", itemIds: ["a", "b"], classIndex: undefined, baseline: "mean" };
  expect(askedText(named, [])).toBe("2 named items · the predicted class · 1 method · baseline mean colour");
});

it("the CSV has every number, with what similarity and chance were", () => {
  const answer = { methods: [checks] } as unknown as Parameters<typeof checksCsv>[0];
  const rows = checksCsv(answer).split("\r\n");
  expect(rows[0]).toBe("method,check,measure,estimate,low,high,n,similarity,chance");
  expect(rows).toContain("Grad-CAM,random down to head,STRUCTURE,0.5,,,10,0.5,0");
  expect(rows).toContain("Grad-CAM,random weights,MAGNITUDE,0.2,,,8,,");
  expect(rows.filter((row) => row.includes("permuted labels"))).toHaveLength(3);
  for (const row of rows.slice(0, -1)) expect(row.split(","), row).toHaveLength(9);
});
