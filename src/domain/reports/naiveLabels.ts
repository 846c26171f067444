/** @file The labeller that this one is held against: a finding that is named is there, unless its sentence says "no", "not" or "without" anywhere. */
import { lexicons } from "./findings.ts";
import type { Verdict } from "./report.ts";

/** Sections, hedges and the reach of a denial are not looked at. By finding. */
export function naiveLabels(text: string): Map<string, Verdict> {
  const sentences = text.split(/[.\n]/);
  return new Map(
    lexicons.map(({ finding, named }) => {
      const naming = sentences.filter((sentence) => named.some((at) => sentence.search(at) >= 0));
      if (naming.length === 0) return [finding, "notMentioned"];
      return [finding, naming.every((sentence) => /\b(?:no|not|without)\b/i.test(sentence)) ? "negative" : "positive"];
    }),
  );
}
