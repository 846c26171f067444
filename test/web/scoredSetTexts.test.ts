import { describe, expect, it } from "vitest";
import { pieceSentence } from "../../apps/web/src/features/scoredSet/contiguity/pieces.ts";
import { conventionPhrase } from "../../apps/web/src/features/scoredSet/ledger/conventions.ts";
import { ledgerCsv } from "../../apps/web/src/features/scoredSet/ledger/ledgerCsv.ts";
import {
  ledgerSentence,
  spreadSentence,
  swapSentence,
} from "../../apps/web/src/features/scoredSet/ledger/sentences.ts";
import { metricsCsv } from "../../apps/web/src/features/scoredSet/metrics/metricsCsv.ts";
import { metricsLatex } from "../../apps/web/src/features/scoredSet/metrics/metricsLatex.ts";
import { metricGroups, metricTitle } from "../../apps/web/src/features/scoredSet/metrics/metricText.ts";
import { type SetModel, seedsText, setModel } from "../../apps/web/src/features/scoredSet/model.ts";
import { droppedSentence, sizeSentences } from "../../apps/web/src/features/scoredSet/regionSizes/sentences.ts";
import { setOf, sourceVariables } from "../../apps/web/src/features/scoredSet/source.ts";
import { armLook } from "../../apps/web/src/lib/arms.ts";
import { latexText } from "../../apps/web/src/lib/latex.ts";

const arms = [
  { arm: "A_1", seeds: 5, runIds: [], thresholds: [] },
  { arm: "B", seeds: 3, runIds: [], thresholds: [] },
];
const head = {
  fold: "TEST" as const,
  size: 128,
  items: 40,
  classes: ["polyp"],
  labelVersion: { id: "v", number: 2 },
  arms,
  measuring: { done: 0, total: 0, failed: 0, error: null },
};
const model: SetModel = setModel(head, () => armLook(0, "light"));

describe("what the numbers rest on", () => {
  it("is said in one line", () => {
    expect(model.basis).toBe("Test fold, n = 40 items, 3 to 5 seeds, label version 2, 128 × 128 px");
    expect(seedsText([{ seeds: 1 }, { seeds: 1 }])).toBe("1 seed");
  });

  it("is asked of an experiment or of runs, and found in either answer", () => {
    expect(sourceVariables({ kind: "runs", runIds: ["r"] }, "TEST")).toMatchObject({ ofRuns: true, runIds: ["r"] });
    expect(sourceVariables({ kind: "experiment", id: "e" }, "TEST")).toMatchObject({
      ofRuns: false,
      experimentId: "e",
    });
    expect(setOf({ experiment: { scoredSet: 1 } })).toBe(1);
    expect(setOf({ scoredSet: 2 })).toBe(2);
    expect(setOf({ experiment: { scoredSet: null } })).toBeNull();
    expect(setOf(undefined)).toBeNull();
  });
});

const score = (arm: string, mean: number) => ({
  ...{ arm, mean, sd: 0.01, low: mean - 0.02, high: mean + 0.02 },
  ...{ seeds: 5, items: 40, undefinedItems: 2 },
});
const rows = [
  {
    ...{ key: "perItem-out-undefined", name: "per item, background out", convention: "mean of items" },
    ...{ aggregation: "PER_ITEM" as const, background: false, bothEmpty: "UNDEFINED" as const },
    ...{ arms: [score("A_1", 0.8), score("B", 0.765)], order: ["A_1", "B"] },
  },
  {
    ...{ key: "pooled-out", name: "pooled, background out", convention: "one Dice" },
    ...{ aggregation: "POOLED" as const, background: false, bothEmpty: null },
    ...{ arms: [score("A_1", 0.85), score("B", 0.871)], order: ["B", "A_1"] },
  },
];
const swap = {
  ...{ key: "pooled-out", convention: "pooled, background out", armX: "A_1", armY: "B" },
  ...{ reference: 0.035, difference: -0.021 },
};
const spread = [
  { arm: "A_1", low: 0.8, high: 0.85, lowConvention: rows[0]!.name, highConvention: rows[1]!.name },
  { arm: "B", low: 0.765, high: 0.871, lowConvention: rows[0]!.name, highConvention: rows[1]!.name },
];
const ledger = { threshold: null, rows, swaps: [swap], spread, thresholds: [], thresholdsMissing: 0 };

describe("the ledger in words", () => {
  it("says who leads under either convention", () => {
    expect(swapSentence(ledger, swap)).toBe(
      "Pooled over pixels, B leads A_1 by 0.021; per item, A_1 leads B by 0.035.",
    );
  });

  it("names the widest spread and how many conventions change the order", () => {
    expect(ledgerSentence(ledger)).toBe(
      "The same masks of B score 0.765 to 0.871, by convention alone, and 1 convention of 2 puts the arms in another order.",
    );
    expect(ledgerSentence({ ...ledger, swaps: [] })).toContain("the same under all 2 conventions");
    expect(ledgerSentence({ ...ledger, spread: [] })).toBe("No arm has a Dice under any convention yet.");
    expect(spreadSentence(rows, spread[1]!)).toBe("lowest per item; highest pooled over pixels");
  });

  it("names each choice of a convention that is not the plain one", () => {
    expect(conventionPhrase({ aggregation: "PER_ITEM", background: true, bothEmpty: "ONE" })).toBe(
      "per item, background in, both empty as 1",
    );
  });

  it("is a CSV with rank, swap and convention beside every number", () => {
    const [first, second] = ledgerCsv(ledger, model).trim().split("\r\n").slice(3);
    expect(first).toBe(
      'pooled-out,"pooled, background out",pooled,out,,own,A_1,0.85,0.01,0.83,0.87,5,40,2,2,B,test,2,one Dice',
    );
    expect(second).toContain(",B,0.871,");
  });
});

const metric = (name: string, label: string, unit: string | null, higherIsBetter: boolean) => ({
  ...{ name, label, unit, higherIsBetter, convention: `${label} & how` },
});
const cell = (name: string, mean: number | null, verdict: "BETTER" | null = null) => ({
  ...{ metric: name, mean, sd: 0.012, low: 0.7, high: 0.9, seeds: 5, items: 40, undefinedItems: 0 },
  difference: verdict && {
    ...{
      estimate: 0.1,
      low: 0.05,
      high: 0.15,
      level: 0.95,
      seeds: 5,
      items: 40,
      verdict,
      reason: "",
      detectable: null,
    },
  },
});
const table = {
  reference: "A_1",
  metrics: [
    metric("hd95", "HD95", "px", false),
    metric("dice", "Dice", null, true),
    metric("hd95Mm", "HD95 in mm", "mm", false),
  ],
  rows: [
    { arm: "A_1", cells: [cell("hd95", 6.5), cell("dice", 0.8), cell("hd95Mm", null)] },
    { arm: "B", cells: [cell("hd95", 4.25), cell("dice", 0.9, "BETTER"), cell("hd95Mm", null)] },
  ],
};

describe("the metrics' table", () => {
  it("is read in groups, whatever order the api gives", () => {
    expect(metricGroups(table.metrics).map(({ title }) => title)).toEqual(["Overlap", "Boundary"]);
    expect(metricGroups([metric("new", "New", null, true)])).toMatchObject([{ title: "Others" }]);
    expect(table.metrics.map(metricTitle)).toEqual(["HD95, px", "Dice", "HD95 in mm"]);
  });

  it("is LaTeX with rules, escaped names, verdicts and the conventions in the caption", () => {
    const latex = metricsLatex(table, model);
    expect(latex).toContain("\\toprule\nMetric & A\\_1 & B \\\\\n\\midrule");
    expect(latex).toContain("Dice $\\uparrow$ & 0.800 $\\pm$ 0.012 & 0.900 $\\pm$ 0.012$^{+}$ \\\\");
    expect(latex).toContain("HD95, px $\\downarrow$ & 6.50 $\\pm$ 0.01 & 4.25 $\\pm$ 0.01 \\\\");
    expect(latex).toContain("Dice: Dice \\& how");
    expect(latex).not.toContain("HD95 in mm");
    expect(latex.match(/\\begin/g)?.length).toBe(latex.match(/\\end/g)?.length);
  });

  it("is a CSV with one row per metric and arm, and the convention beside it", () => {
    const lines = metricsCsv(table, model).trim().split("\r\n");
    expect(lines.length).toBe(1 + 3 * 2);
    expect(lines[2]).toBe(
      "Overlap,dice,Dice,,higher,B,0.9,0.012,0.7,0.9,5,40,0,A_1,0.1,0.05,0.15,better,test,2,Dice & how",
    );
  });

  it("prints what LaTeX would take for a command", () => {
    expect(latexText("50 % of {a_b} & \\x ±")).toBe("50 \\% of \\{a\\_b\\} \\& \\textbackslash{}x $\\pm$");
  });
});

describe("region sizes in words", () => {
  const stratum = (label: string, items: number, onePixelDice: number, dice: number, error: number) => ({
    ...{ label, items, onePixelDice, lowShare: 0, highShare: 1, readerDice: null, readers: 0 },
    arms: [{ arm: "B", dice, low: null, high: null, equivalentError: error, errorLow: null, errorHigh: null }],
  });
  const board = {
    ...{ points: [], arms: [], withoutRegion: 0, convention: "" },
    strata: [
      stratum("< 1 %", 12, 0.79, 0.61, 1.8),
      stratum("1–5 %", 0, 1, 0, 0),
      stratum("5–15 %", 9, 0.97, 0.92, 2.1),
    ],
  };

  it("say what a pixel costs at either end, and how far off the outline is there", () => {
    expect(sizeSentences(board)).toEqual([
      "A mask that is right but one pixel off loses 0.210 Dice for regions of < 1 % of the image (n = 12), and 0.030 for 5–15 % of the image (n = 9).",
      "B: Dice 0.610 at < 1 % and 0.920 at 5–15 %; its outline is 1.80 px off there, and 2.10 px here.",
    ]);
    expect(sizeSentences({ ...board, strata: [] })).toEqual([]);
  });

  it("compare a pixel missed inside with one dropped far outside at one share", () => {
    const curve = (placement: string, hd95: number) => ({
      ...{ placement, stratum: "all", convention: "", share: [0.05, 0.1], items: [9, 8] },
      ...{ dice: [0.97, 0.95], hd95: [1, hd95], assd: [0, 0], nsd: [1, 1] },
    });
    expect(droppedSentence([curve("inside", 2), curve("far", 60)], "all")).toBe(
      "Of a region’s pixels, 10 % missed inside cost 0.050 Dice (HD95 2.0 px); as many dropped far outside cost 0.050 Dice (HD95 60.0 px). 8 items.",
    );
    expect(droppedSentence([curve("inside", 2)], "all")).toBeNull();
  });
});

it("sets pieces beside Dice", () => {
  const arm = (name: string, dice: number, pieces: number) => ({
    ...{ arm: name, dice, pieces, seeds: 5, items: 40, truthPieces: 1.05 },
    ...{ holes: 0, specks: 0, falsePieces: 0, largestShare: 1 },
  });
  expect(pieceSentence([arm("A", 0.9, 4.3), arm("B", 0.904, 1.2)])).toBe(
    "B and A differ by 0.004 Dice; one predicts 1.20 pieces an item, the other 4.30, and in truth there are 1.05.",
  );
  expect(pieceSentence([])).toBe("No prediction is measured yet.");
});
