import { classificationMetrics } from "@tessera/analysis/classification/metrics";
import { describe, expect, it } from "vitest";
import { comparedMetrics } from "../../apps/web/src/features/classificationComparison/metrics.ts";
import {
  aucTestText,
  type ComparedClassifiers,
  classifierBasis,
  classifierModel,
} from "../../apps/web/src/features/classificationComparison/model.ts";
import { differenceText, verdictSentence } from "../../apps/web/src/features/comparison/verdict.ts";
import { armLooks } from "../../apps/web/src/lib/arms.ts";

const arm = (name: string, mean: number) => ({ arm: name, mean, sd: 0.01, seeds: 5, items: 40, perSeed: [] });
const compared = (name: string, label: string, higherIsBetter: boolean): ComparedClassifiers =>
  ({
    fold: "TEST",
    metric: { name, label, higherIsBetter, convention: "ties count half" },
    armA: arm("A", 0.8),
    armB: arm("B", 0.81),
    perSeed: [],
    unpairedSeeds: [],
    itemsLeftOut: 0,
    theseRunsOnly: null,
    aucTests: [],
    difference: {
      ...{ estimate: 0.01, low: 0.002, high: 0.018, level: 0.95, seeds: 5, items: 40 },
      ...{ verdict: "BETTER", reason: "", detectable: 0.01 },
    },
  }) as unknown as ComparedClassifiers;
const looks = armLooks([{ name: "A" }, { name: "B" }], "light");

describe("arms of classification runs in one metric", () => {
  it("can be compared in every metric that the analysis has, by its name and label", () => {
    expect(comparedMetrics).toEqual(classificationMetrics.map(({ name, label }) => ({ value: name, label })));
  });

  it("have the margin that was declared in AUC there, and in no other metric", () => {
    const auc = classifierModel(compared("auc", "AUC", true), looks, 0.02);
    expect(verdictSentence(auc).headline).toBe("B is better than A, though by less than the declared 0.02.");
    expect(differenceText(auc)).toBe("B − A = +0.010 AUC (95 % interval +0.002 to +0.018)");
    const brier = classifierModel(compared("brier", "Brier score", false), looks, 0.02);
    expect(brier).toMatchObject({ metric: "Brier score", higherIsBetter: false, margin: null });
    expect(verdictSentence(brier).headline).toBe("B is better than A.");
    expect(differenceText(brier)).toContain("+0.010 Brier score (");
    const loss = classifierModel(compared("logLoss", "Log loss", false), looks, null);
    expect(differenceText(loss)).toContain("+0.010 log loss (");
  });

  it("say what their numbers rest on", () => {
    expect(classifierBasis(compared("auc", "AUC", true), 3)).toBe(
      "test fold, n = 40 items, 5 paired seeds, label version 3; AUC: ties count half",
    );
  });
});

describe("DeLong's test as text", () => {
  it("has its interval and p, or says that there is none", () => {
    expect(aucTestText({ difference: 0.12, low: -0.01, high: 0.25, p: 0.0712 })).toBe(
      "+0.120 (95 % interval −0.010 to +0.250), p = 0.071",
    );
    expect(aucTestText({ difference: 0.4, low: 0.3, high: 0.5, p: 1e-9 })).toContain("p < 0.001");
    expect(aucTestText({ difference: 0, low: null, high: null, p: null })).toBe("0.000, no interval: no variance");
  });
});
