/** @file What a labelled report says of the classes of a label schema. */
import type { ClassValues } from "../classValues.ts";
import { findingOfClass } from "./findings.ts";
import type { LabelledFinding } from "./report.ts";

export const uncertainMeanings = ["unknown", "present", "absent"] as const;
export const unmentionedMeanings = ["unknown", "absent"] as const;

/** What becomes of verdicts that are neither yes nor no. */
export interface ReportRules {
  readonly uncertain: (typeof uncertainMeanings)[number];
  readonly notMentioned: (typeof unmentionedMeanings)[number];
}

const values = { unknown: null, present: 1, absent: 0 } as const;

/** Classes that the labeller does not know are not known. */
export function reportValues(
  findings: readonly LabelledFinding[],
  classes: readonly string[],
  rules: ReportRules,
): ClassValues {
  const verdictOf = new Map(findings.map(({ finding, verdict }) => [finding, verdict]));
  return classes.map((name) => {
    const finding = findingOfClass(name);
    if (finding === null) return null;
    const verdict = verdictOf.get(finding) ?? "notMentioned";
    if (verdict === "positive") return 1;
    if (verdict === "negative") return 0;
    return values[verdict === "uncertain" ? rules.uncertain : rules.notMentioned];
  });
}
