import { findingNames, findingOfClass } from "@tessera/domain/reports/findings";
import { labelReport } from "@tessera/domain/reports/labelReport";
import type { Verdict } from "@tessera/domain/reports/report";
import { sentencesOf } from "@tessera/domain/reports/sentences";
import { describe, expect, it } from "vitest";

/** What a report says of the findings that it mentions. */
const said = (text: string): Record<string, Verdict> =>
  Object.fromEntries(labelReport(text).filter(({ verdict }) => verdict !== "notMentioned").map(({ finding, verdict }) => [finding, verdict])); // biome-ignore format: one line

describe("a mention", () => {
  it.each<[string, Record<string, Verdict>]>([
    ["There is a small left pleural effusion.", { Effusion: "positive" }],
    ["No pneumothorax.", { Pneumothorax: "negative" }],
    ["No effusion, consolidation or pneumothorax.", { Effusion: "negative", Consolidation: "negative", Pneumothorax: "negative" }],
    ["No effusion but there is a nodule.", { Effusion: "negative", Nodule: "positive" }],
    ["Small effusion without pneumothorax.", { Effusion: "positive", Pneumothorax: "negative" }],
    ["No pneumothorax, possible effusion.", { Pneumothorax: "negative", Effusion: "uncertain" }],
    ["No pneumothorax, the effusion is unchanged.", { Pneumothorax: "negative", Effusion: "positive" }],
    ["No pneumothorax, consolidation or effusion is seen.", { Pneumothorax: "negative", Consolidation: "negative", Effusion: "negative" }],
    ["The effusion is stable, a pneumothorax is not seen.", { Effusion: "positive", Pneumothorax: "negative" }],
    ["Pneumonia cannot be excluded.", { Pneumonia: "uncertain" }],
    ["Cannot rule out pneumonia.", { Pneumonia: "uncertain" }],
    ["Findings suspicious for a lung mass.", { Mass: "uncertain" }],
    ["Atelectasis versus consolidation.", { Atelectasis: "uncertain", Consolidation: "uncertain" }],
    ["No evidence to suggest pneumonia.", { Pneumonia: "negative" }],
    ["No change in the small nodule.", { Nodule: "positive" }],
    ["The effusion has not resolved.", { Effusion: "positive" }],
    ["The effusion has resolved.", { Effusion: "negative" }],
    ["The film is not without fibrosis.", { Fibrosis: "positive" }],
    ["Effusion is not absent.", { Effusion: "positive" }],
    ["Known previous pneumonia.", {}],
    ["The heart size is normal.", { Cardiomegaly: "negative" }],
    ["The cardiac silhouette is mildly enlarged.", { Cardiomegaly: "positive" }],
    ["The lungs are clear.", { Consolidation: "negative" }],
    ["Blunting of the left costophrenic angle.", { Effusion: "positive" }],
    ["Costophrenic angles are sharp.", { Effusion: "negative" }],
    ["PNEUMOTHORAX IS SEEN", { Pneumothorax: "positive" }],
    ["Nothing of note.", {}],
  ])("%s", (text, expected) => expect(said(text)).toEqual(expected)); // biome-ignore format: a case a line
});

describe("a report", () => {
  const report = `INDICATION: Rule out pneumonia. History of effusion.
COMPARISON: Film of Dr. Adams, no. 3.
FINDINGS: Possible effusion on the left. The heart is enlarged
without edema. No mass measuring over 1.5 cm.
IMPRESSION:
1. No effusion.
2. Cardiomegaly.`;

  it("says nothing by its history, and its impression decides", () => {
    expect(said(report)).toEqual({
      Effusion: "negative",
      Cardiomegaly: "positive",
      Edema: "negative",
      Mass: "negative",
    });
  });

  it("is cut into sections and sentences that stand where they say", () => {
    const sentences = sentencesOf(report);
    for (const { start, end, text } of sentences) expect(report.slice(start, end)).toBe(text);
    const count = (kind: string) => sentences.filter(({ section }) => section === kind).length;
    expect([count("background"), count("findings"), count("impression")]).toEqual([3, 3, 2]);
  });

  it("has evidence for every verdict: the words, and what denies or hedges them", () => {
    const effusion = labelReport(report).find(({ finding }) => finding === "Effusion")!;
    const words = effusion.evidence.map(({ start, end, cue, ...of }) => [report.slice(start, end), cue && report.slice(cue.start, cue.end), of.verdict, of.section]); // biome-ignore format: one line
    expect(words).toEqual([
      ["effusion", "Possible", "uncertain", "findings"],
      ["effusion", "No", "negative", "impression"],
    ]);
  });

  it("may be empty", () => {
    expect(labelReport("").map(({ verdict }) => verdict)).toEqual(findingNames.map(() => "notMentioned"));
  });
});

describe("a class of a label schema", () => {
  it.each([["Effusion", "Effusion"], ["pleural_effusion", "Effusion"], ["Pleural Thickening", "Pleural_Thickening"], ["polyp", null]])("%s is %s", (name, finding) => expect(findingOfClass(name)).toBe(finding)); // biome-ignore format: one line
});
