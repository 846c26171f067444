import { estimateText, suspectText, valueNames } from "@tessera/web/features/labelErrors/model";
import { plottedPrecision } from "@tessera/web/features/labelErrors/precisionPlot";
import { segmentsOf } from "@tessera/web/features/reports/segments";
import { describe, expect, it } from "vitest";

describe("label errors in words", () => {
  const schema = { classes: ["normal", "pneumonia"] };

  it("names exclusive classes, and absent and present of one class", () => {
    expect(valueNames(schema, null)).toEqual(["normal", "pneumonia"]);
    expect(valueNames(schema, 1)).toEqual(["no pneumonia", "pneumonia"]);
  });

  it("says what was given and what is suggested, and when both are alike", () => {
    const row = { classIndex: null, given: 0, suggested: 1, suggestedProbability: 0.934 };
    expect(suspectText(row, schema)).toEqual({ given: "normal", suggested: "pneumonia at 93 %" });
    expect(suspectText({ ...row, suggested: 0 }, schema)?.suggested).toBe("the model agrees");
    expect(suspectText({ ...row, given: null }, schema)).toBeNull();
  });

  it("adds the questions up", () => {
    const question = {
      classIndex: 0,
      items: 100,
      given: [],
      thresholds: [],
      confidentJoint: [],
      joint: [],
      estimatedErrors: 4.4,
      issues: 3,
    };
    expect(estimateText([question, { ...question, classIndex: 1 }])).toBe("Of 200 labels about 9 are estimated to be wrong (4.4 %); 6 are held to be."); // biome-ignore format: one line
  });
});

describe("the precision plot", () => {
  it("puts k on a logarithmic axis, within its frame, and leaves out ticks that touch the last", () => {
    const at = (k: number, precision: number) => ({ k, hits: 0, precision, low: precision, high: precision });
    const { marks, ticks, x } = plottedPrecision({ share: 0.1, precisionAt: [at(1, 1), at(10, 0.5), at(95, 0.2), at(100, 0.1)] }, 400, 200); // biome-ignore format: one line
    expect(marks[0]!.x).toBe(x.low);
    expect(marks.at(-1)!.x).toBe(x.high);
    expect(marks[1]!.x).toBeCloseTo((x.low + x.high) / 2, 6);
    expect(marks[0]!.y).toBeLessThan(marks[1]!.y);
    expect(ticks.map(({ k }) => k)).toEqual([1, 10, 100]);
  });
});

describe("a report's segments", () => {
  const report = "No effusion or pneumothorax.";
  const evidence = (start: number, end: number) => [{ start, end, verdict: "NEGATIVE" as const, cueStart: 0, cueEnd: 2, section: "findings" }]; // biome-ignore format: one line
  const findings = [
    { finding: "Effusion", classIndex: 0, verdict: "NEGATIVE" as const, evidence: evidence(3, 11) },
    { finding: "Pneumothorax", classIndex: 1, verdict: "NEGATIVE" as const, evidence: evidence(15, 27) },
  ];

  it("are the whole text, mentions and what denies them marked", () => {
    const segments = segmentsOf(report, findings);
    expect(segments.map(({ text }) => text).join("")).toBe(report);
    expect(segments.filter(({ isCue }) => isCue).map(({ text }) => text)).toEqual(["No"]);
    expect(segments.filter(({ verdict }) => verdict).map(({ text, findings: of }) => [text, of])).toEqual([["effusion", ["Effusion"]], ["pneumothorax", ["Pneumothorax"]]]); // biome-ignore format: one line
    expect(segmentsOf("nothing", [])).toHaveLength(1);
  });
});
