/** @file Reports beside items, and what a program read in them. Never updated. */
import type { LabelledFinding } from "@tessera/domain/reports/report";
import type { ReportRules } from "@tessera/domain/reports/reportValues";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface ReportSet {
  readonly id: string;
  readonly datasetId: string;
  readonly schemaId: string;
  /** Under whose name its annotations are. */
  readonly reader: string;
  /** The table that the reports came in. */
  readonly fileSha256: string;
  readonly rules: ReportRules;
  readonly labeller: number;
  readonly reports: number;
  /** Of the reports, those that gave an annotation: they say something of a class. */
  readonly labelled: number;
  readonly createdAt: Date;
}

export interface Report {
  readonly itemId: string;
  readonly report: string;
  /** Those that are mentioned. */
  readonly findings: readonly LabelledFinding[];
}

const columns = ["id", "dataset_id", "schema_id", "reader", "file_sha256", "rules", "labeller", "reports", "labelled", "created_at"] as const; // biome-ignore format: one line

export async function insertReportSet(
  sql: TeamSql,
  teamId: string,
  {
    reports,
    ...set
  }: Omit<ReportSet, "id" | "createdAt" | "reports"> & { createdBy: string; reports: readonly Report[] },
): Promise<ReportSet> {
  const { datasetId, schemaId, reader, fileSha256, rules, labeller, labelled, createdBy } = set;
  const [row] = await sql<[ReportSet]>`
    insert into report_sets (team_id, dataset_id, schema_id, reader, file_sha256, rules, labeller, reports, labelled, created_by)
    values (${teamId}, ${datasetId}, ${schemaId}, ${reader}, ${fileSha256}, ${sql.json(rules as never)}, ${labeller},
      ${reports.length}, ${labelled}, ${createdBy})
    returning ${sql(columns)}`;
  await sql`
    insert into reports (team_id, report_set_id, item_id, report, findings)
    select ${teamId}, ${row.id}, r."itemId", r.report, r.findings
    from jsonb_to_recordset(${sql.json(reports as never)}) as r ("itemId" uuid, report text, findings jsonb)`;
  return row;
}

export async function reportSetsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(ReportSet | null)[]> {
  const rows = await sql<ReportSet[]>`
    select ${sql(columns)} from report_sets where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Newest first. */
export function reportSetsOf(sql: TeamSql, teamId: string, datasetIds: readonly string[]): Promise<ReportSet[]> {
  return sql<ReportSet[]>`
    select ${sql(columns)} from report_sets
    where team_id = ${teamId} and dataset_id = any(${datasetIds as string[]}::uuid[]) order by created_at desc, id`;
}

/** All of a set, by item name. */
export function reportsOf(sql: TeamSql, teamId: string, reportSetId: string): Promise<Report[]> {
  return sql<Report[]>`
    select r.item_id, r.report, r.findings
    from reports r join items i on i.team_id = r.team_id and i.id = r.item_id
    where r.team_id = ${teamId} and r.report_set_id = ${reportSetId} order by i.name, i.id`;
}
