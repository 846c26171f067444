/** @file What the report screens share. */
import type { ReportAuditQuery, ReportSetsQuery, ReportTextsQuery, ReportVerdict } from "@/gql/graphql";

export type ReportDataset = NonNullable<ReportSetsQuery["dataset"]>;
export type ReportSet = ReportDataset["reportSets"][number];
export type Audit = NonNullable<ReportAuditQuery["reportSet"]>["audit"][number];
export type ReadReport = NonNullable<ReportTextsQuery["reportSet"]>["texts"]["edges"][number]["node"];
export type Finding = ReadReport["findings"][number];

/** In the order of an audit's rows. */
export const verdictOrder: readonly ReportVerdict[] = ["POSITIVE", "NEGATIVE", "UNCERTAIN", "NOT_MENTIONED"];
export const verdictName: Readonly<Record<ReportVerdict, string>> = {
  POSITIVE: "positive",
  NEGATIVE: "negative",
  UNCERTAIN: "uncertain",
  NOT_MENTIONED: "not mentioned",
};

/** What a hand label says of a class, where it says something. */
export const handName = (value: number | null | undefined): string =>
  value === 1 ? "present" : value === 0 ? "absent" : "not known";
