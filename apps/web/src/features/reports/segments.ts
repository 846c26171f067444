/** @file A report's text cut where its evidence begins and ends. */
import type { ReportVerdict } from "@/gql/graphql";
import type { Finding } from "./model.ts";

export interface Segment {
  readonly start: number;
  readonly text: string;
  /** Of a mention; null: plain text, or a cue. */
  readonly verdict: ReportVerdict | null;
  readonly findings: readonly string[];
  /** It denies or hedges a mention. */
  readonly isCue: boolean;
}

/** Together they are the text. @param findings all of them, or the one that is looked at */
export function segmentsOf(report: string, findings: readonly Finding[]): Segment[] {
  const mentions = findings.flatMap(({ finding, evidence }) => evidence.map((each) => ({ ...each, finding })));
  const cues = mentions.flatMap(({ cueStart, cueEnd }) =>
    typeof cueStart === "number" && typeof cueEnd === "number" ? [{ start: cueStart, end: cueEnd }] : [],
  );
  const bounds = [0, report.length, ...[...mentions, ...cues].flatMap(({ start, end }) => [start, end])];
  const cuts = [...new Set(bounds)].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, at) => {
    const end = cuts[at + 1]!;
    const within = (span: { readonly start: number; readonly end: number }) => span.start <= start && end <= span.end;
    const here = mentions.filter(within);
    return {
      start,
      text: report.slice(start, end),
      verdict: here[0]?.verdict ?? null,
      findings: here.map(({ finding }) => finding),
      isCue: cues.some(within),
    };
  });
}
