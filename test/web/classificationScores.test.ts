import { describe, expect, it } from "vitest";
import { classesCsv } from "../../apps/web/src/features/classification/classesCsv.ts";
import { confusionRows, worstConfusion } from "../../apps/web/src/features/classification/confusionCells.ts";
import { type ClassScores, shownConfusion } from "../../apps/web/src/features/classification/model.ts";
import { reliabilityLabel, reliabilityMarks } from "../../apps/web/src/features/classification/reliabilityMarks.ts";
import { nearestPoint, rocLabel, rocPath } from "../../apps/web/src/features/classification/rocPath.ts";

const roc = [
  { threshold: null, falsePositiveRate: 0, sensitivity: 0 },
  { threshold: 0.9, falsePositiveRate: 0, sensitivity: 0.5 },
  { threshold: 0.4, falsePositiveRate: 1, sensitivity: 1 },
];
const calibration = {
  n: 40,
  error: 0.05,
  bins: [
    { from: 0, to: 0.5, n: 36, confidence: 0.2, share: 0.25 },
    { from: 0.5, to: 0.75, n: 0, confidence: null, share: null },
    { from: 0.75, to: 1, n: 4, confidence: 0.9, share: 1 },
  ],
};
const pneumonia: ClassScores = {
  name: "pneumonia",
  n: 40,
  positives: 10,
  auc: 0.8,
  aucLow: 0.7,
  aucHigh: 0.9,
  averagePrecision: 0.6,
  atSpecificity: { threshold: 0.9, sensitivity: 0.5, specificity: 1 },
  roc,
  calibration,
  confusion: [
    [28, 2],
    [5, 5],
  ],
};

describe("a ROC curve", () => {
  it("is drawn from corner to corner, upwards", () => {
    const drawn = rocPath(
      roc,
      (value) => 10 * value,
      (value) => 10 - 10 * value,
    );
    expect(drawn).toBe("M0 10L0 5L10 0");
  });

  it("finds the point under the pointer by its place, not its rate", () => {
    const wide = (value: number) => 1000 * value;
    expect(nearestPoint(roc, { x: 400, y: 0.5 }, wide, (value) => value)).toBe(roc[1]);
    expect(nearestPoint(roc, { x: 600, y: 0.5 }, wide, (value) => value)).toBe(roc[2]);
    expect(nearestPoint([], { x: 0, y: 0 }, wide, wide)).toBeNull();
  });

  it("is told in words, with its interval and its chance level", () => {
    expect(rocLabel(pneumonia, 0.95)).toBe(
      "ROC curve of pneumonia: 10 of 40 items present. AUC 0.800 (0.700 to 0.900); chance 0.5. Sensitivity 0.500 at a specificity of 0.95 or more.",
    );
    const none = { ...pneumonia, positives: 0, auc: null, aucLow: null, aucHigh: null, roc: null, atSpecificity: null };
    expect(rocLabel(none, 0.95)).toContain("it needs items with and without");
  });
});

describe("a reliability diagram", () => {
  it("has a mark per filled bin, weighed by its items; few are told apart", () => {
    expect(reliabilityMarks(calibration)).toMatchObject([
      { confidence: 0.2, share: 0.25, weight: 36 / 40, few: false },
      { confidence: 0.9, share: 1, weight: 4 / 40, few: true },
    ]);
    expect(reliabilityLabel(calibration)).toContain("0.750 to 1.000: said 90.0 %, true of 100.0 % of 4 items");
    expect(reliabilityLabel({ n: 0, error: null, bins: [] })).toContain("no item is scored");
  });
});

describe("a confusion matrix", () => {
  it("shares out each row, and leaves an empty one without shares", () => {
    const [first, empty] = confusionRows(
      ["a", "b"],
      [
        [3, 1],
        [0, 0],
      ],
    );
    expect(first).toMatchObject({
      name: "a",
      n: 4,
      cells: [
        { share: 3 / 4, right: true },
        { share: 1 / 4, right: false },
      ],
    });
    expect(empty!.cells.map(({ share }) => share)).toEqual([null, null]);
  });

  it("names the most frequent mistake, and none where there is none", () => {
    const names = ["mass", "nodule"];
    expect(worstConfusion(names, pneumonia.confusion)).toBe("Most often nodule taken for mass: 5 of 10.");
    expect(
      worstConfusion(names, [
        [3, 0],
        [0, 4],
      ]),
    ).toBeNull();
  });

  it("is of all classes where they exclude each other, else of the class that is shown", () => {
    const scores = {
      n: 40,
      unknownItems: 0,
      specificity: 0.95,
      classNames: ["normal", "pneumonia"],
      classes: [pneumonia],
    };
    expect(shownConfusion({ ...scores, confusion: [[40]] }, pneumonia)).toEqual({
      names: scores.classNames,
      counts: [[40]],
    });
    expect(shownConfusion(scores, pneumonia)).toEqual({ names: ["absent", "present"], counts: pneumonia.confusion });
  });
});

it("writes a class without a score as an empty cell", () => {
  const scores = { n: 40, unknownItems: 0, specificity: 0.9, classNames: [], classes: [{ ...pneumonia, auc: null }] };
  expect(classesCsv(scores).split("\r\n")[1]).toBe("pneumonia,40,10,,0.7,0.9,0.6,,,0.9,0.5,0.9,0.05");
});
