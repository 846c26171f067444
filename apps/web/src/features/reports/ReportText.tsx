"use client";
import { Fragment } from "react";
import type { ReportVerdict } from "@/gql/graphql";
import { type Finding, verdictName } from "./model.ts";
import { segmentsOf } from "./segments.ts";

/** Not by colour alone: what is there is bold, what is not is struck through, what may be is dotted. */
export const verdictStyle: Readonly<Record<Exclude<ReportVerdict, "NOT_MENTIONED">, React.CSSProperties>> = {
  POSITIVE: { fontWeight: 700, background: "color-mix(in srgb, var(--stamp) 16%, transparent)" },
  NEGATIVE: {
    textDecoration: "line-through",
    background: "color-mix(in srgb, var(--mantine-color-anchor) 14%, transparent)",
  },
  UNCERTAIN: { textDecoration: "underline dotted", background: "color-mix(in srgb, var(--ink-soft) 16%, transparent)" },
};

/** The text of a report with what it mentions, and what denies or hedges it. */
export function ReportText({ report, findings }: { readonly report: string; readonly findings: readonly Finding[] }) {
  return (
    <div style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere", fontSize: 13, lineHeight: 1.6 }}>
      {segmentsOf(report, findings).map(({ start, text, verdict, findings: named, isCue }) => {
        if (verdict && verdict !== "NOT_MENTIONED") {
          return (
            <mark
              key={start}
              style={{ color: "inherit", borderRadius: 2, padding: "0 1px", ...verdictStyle[verdict] }}
              title={`${named.join(", ")}: ${verdictName[verdict]}`}
            >
              {text}
            </mark>
          );
        }
        if (isCue) {
          return (
            <em key={start} style={{ borderBottom: "1px solid var(--ink-soft)" }}>
              {text}
            </em>
          );
        }
        return <Fragment key={start}>{text}</Fragment>;
      })}
    </div>
  );
}
