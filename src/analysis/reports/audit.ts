/** @file A labeller of reports against hand labels of the same items, class by class. */
import { type Verdict, verdicts } from "@tessera/domain/reports/report";
import { type CountedShare, countedShare } from "../wilson.ts";

export interface FindingAudit {
  /** [verdict, in the order of `verdicts`][absent, present] by the hand label; items whose label does not say are left out. */
  readonly counts: readonly (readonly [absent: number, present: number])[];
  readonly items: number;
  /** Of items labelled present, those the report is read as positive of; null without one. */
  readonly sensitivity: CountedShare | null;
  /** Of items labelled absent, those it is not read as positive of. */
  readonly specificity: CountedShare | null;
  /** Of items read as positive, those labelled present. */
  readonly precision: CountedShare | null;
}

/** Shares with Wilson's interval: what these items say of others like them. @param pairs a verdict, and the hand label: 1 present, 0 absent, null not known */
export function auditFinding(pairs: readonly (readonly [Verdict, 0 | 1 | null])[], confidence = 0.95): FindingAudit {
  const known = pairs.filter(([, label]) => label !== null);
  const count = (verdict: Verdict, label: 0 | 1) =>
    known.filter((pair) => pair[0] === verdict && pair[1] === label).length;
  const counts = verdicts.map((verdict) => [count(verdict, 0), count(verdict, 1)] as const);
  const total = (label: 0 | 1) => counts.reduce((sum, row) => sum + row[label], 0);
  const [falsePositives, truePositives] = counts[verdicts.indexOf("positive")]!;
  const share = (hits: number, of: number) => countedShare(hits, of, confidence);
  return {
    counts,
    items: known.length,
    sensitivity: share(truePositives, total(1)),
    specificity: share(total(0) - falsePositives, total(0)),
    precision: share(truePositives, truePositives + falsePositives),
  };
}
