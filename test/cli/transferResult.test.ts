/** @file A transfer board in words, and the demo's last line. */
import { type Board, boardLines, type Cell } from "@tessera/cli/demo/transfer/board";
import { jsonLine } from "@tessera/cli/demo/transfer/result";
import { expect, it } from "vitest";

const cell = (fraction: number, mean: number, gap: Partial<Cell["finalGap"]> | null): Cell => ({
  fraction,
  trainItems: 600 * fraction,
  budget: 840,
  score: { mean, sd: 0.01, seeds: 5, items: 150 },
  finalGap: gap && { estimate: 0.3, low: 0.2, high: 0.4, verdict: null, reason: "for a reason", ...gap },
  stepsToTarget: [
    { seed: 1, steps: 84.5 },
    { seed: 2, steps: null },
  ],
  speedGap: null,
});
const arm = (name: string, cells: Cell[], verdict: string | null) => ({
  name,
  cells,
  verdict,
  closing: verdict === null ? null : { sentence: "It closes at 100 %." },
  pretraining: { sentence: "" },
});
const board: Board = {
  metric: { name: "auc", label: "AUC" },
  chance: 0.5,
  reference: "random",
  fractions: [0.05, 1],
  arms: [
    arm("random", [cell(0.05, 0.6, null), cell(1, 0.98, null)], null),
    arm("funnel", [cell(0.05, 0.9, { verdict: "BETTER" }), cell(1, 0.98, {})], "Better with few items."),
  ],
  verdict: "Pretraining helps.",
  notes: ["A note."],
};

it("gives the funnel's verdicts, and never a word that was not said", () => {
  const line = JSON.parse(jsonLine(board));
  expect(Object.keys(line)).toEqual(["arms", "verdicts"]);
  const score = { mean: 0.9, sd: 0.01, n: 150, seeds: 5, steps: 840, stepsToTarget: [84.5, null] };
  expect(line.arms.funnel["0.05"]).toEqual(score);
  expect(line.verdicts).toEqual({
    "0.05": { word: "better", low: 0.2, high: 0.4, reason: "for a reason" },
    "1": { word: "undecided", low: 0.2, high: 0.4, reason: "for a reason" },
  });
  expect(() => jsonLine({ ...board, arms: board.arms.slice(0, 1) })).toThrow('no arm "funnel"');
});

it("is a table of scores, and the board's own sentences", () => {
  const text = boardLines(board).join("\n");
  expect(text).toContain("Test AUC, chance 0.500, n = 150 items, 5 seeds");
  expect(text).toMatch(/5 % \(30 items\) +100 % \(600 items\)/);
  expect(text).toMatch(/funnel +0\.900 ± 0\.010 SD +0\.980 ± 0\.010 SD/);
  for (const said of ["funnel: Better with few items.", "funnel: It closes at 100 %.", "Pretraining helps.", "A note."])
    expect(text).toContain(said);
});
