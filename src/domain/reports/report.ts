/** @file What a labeller says of a radiology report, as data. */

/** notMentioned: the report does not speak of the finding, which is not the same as negative. */
export const verdicts = ["positive", "negative", "uncertain", "notMentioned"] as const;
export type Verdict = (typeof verdicts)[number];

/** From start (inclusive) to end (exclusive), UTF-16 units of the report. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One mention of a finding. */
export interface Evidence extends Span {
  readonly verdict: Exclude<Verdict, "notMentioned">;
  /** What denies or hedges it, where something does. */
  readonly cue: Span | null;
  readonly section: string;
}

export interface LabelledFinding {
  readonly finding: string;
  readonly verdict: Verdict;
  /** In the order of the text; those that decided and those that did not. */
  readonly evidence: readonly Evidence[];
}
