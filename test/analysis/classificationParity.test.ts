import { averagePrecision } from "@tessera/analysis/classification/averagePrecision";
import { classReliability } from "@tessera/analysis/classification/calibration";
import { classConfusion, confusion } from "@tessera/analysis/classification/confusion";
import { deLong } from "@tessera/analysis/classification/deLong";
import { classificationMetrics, metricOfRun } from "@tessera/analysis/classification/metrics";
import { rankClass } from "@tessera/analysis/classification/ranking";
import { auc, roc, sensitivityAtSpecificity } from "@tessera/analysis/classification/roc";
import { type Prediction, predictionTable, scoredClasses } from "@tessera/analysis/classification/table";
import { describe, expect, it } from "vitest";
import fixtures from "./fixtures/classification.json" with { type: "json" }; // scikit-learn, by classification.py

/** Null in the fixture: scikit-learn has no such score, and nor have we. */
function expectNear(ours: number | null | undefined, theirs: number | null, what: string): void {
  if (theirs === null) expect(ours, what).toBeNull();
  else expect(Math.abs(ours! - theirs), `${what}: ${ours} and ${theirs}`).toBeLessThanOrEqual(1e-9);
}

describe.each(fixtures.cases)("$name, as scikit-learn has it", (theirs) => {
  const { exclusive } = theirs;
  const table = predictionTable(
    theirs.truth.map((truth, item) => ({
      itemId: `${item}`,
      truth: truth as Prediction["truth"],
      probabilities: theirs.probabilities[item]!,
    })),
    { classes: theirs.probabilities[0]!.map((_, index) => `class ${index}`), exclusive },
  );

  it.each([
    ["auc", theirs.auc],
    ["averagePrecision", theirs.ap],
    ["accuracy", theirs.accuracy],
    ["balancedAccuracy", theirs.balancedAccuracy],
    ["brier", theirs.brier],
    ["logLoss", theirs.logLoss],
    ["expectedCalibrationError", theirs.ece],
  ])("%s", (name, value) => {
    const metric = classificationMetrics.find((each) => each.name === name)!;
    expectNear(metricOfRun(metric, table, 0.95), value, name);
  });

  it("confusion", () => {
    if (exclusive) expect(confusion(table)).toEqual(theirs.confusion);
  });

  it.each(scoredClasses(table).map((index, i) => ({ index, of: theirs.classes[i]! })))(
    "class $index",
    ({ index, of }) => {
      const ranking = rankClass(table, index);
      expectNear(auc(ranking), of.auc, "AUC");
      expectNear(averagePrecision(ranking), of.ap, "AP");
      expect(classConfusion(table, index)).toEqual(of.confusion);

      const curve = roc(ranking);
      expect(curve?.map(({ threshold }) => threshold)).toEqual(of.roc?.thresholds);
      curve?.forEach((point, i) => {
        expectNear(point.falsePositiveRate, of.roc!.fpr[i]!, `rate at ${i}`);
        expectNear(point.sensitivity, of.roc!.tpr[i]!, `sensitivity at ${i}`);
      });
      for (const { specificity, sensitivity } of of.atSpecificity ?? []) {
        expectNear(sensitivityAtSpecificity(ranking, specificity)?.sensitivity, sensitivity, `at ${specificity}`);
      }

      const { bins, error } = classReliability(table, index);
      expectNear(error, of.calibration.error, "calibration error");
      expect(bins.map(({ n }) => n)).toEqual(of.calibration.sizes);
      const filled = bins.filter(({ n }) => n > 0); // calibration_curve leaves empty bins out
      filled.forEach((bin, i) => {
        expectNear(bin.share, of.calibration.share[i]!, `share of bin ${i}`);
        expectNear(bin.confidence, of.calibration.confidence[i]!, `confidence of bin ${i}`);
      });
    },
  );
});

it.each(fixtures.deLong)("DeLong's test of $truth.length items, as from all pairs", ({ truth, scores, ...theirs }) => {
  const ours = deLong(truth, scores[0]!, scores[1]!)!;
  for (const [key, value] of Object.entries(theirs)) expectNear(ours[key as "p"], value, key);
});
