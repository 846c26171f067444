/** @file Weights that a team imported. A row never changes. */
import { DomainError } from "@tessera/domain/errors";
import type { RecognisedNet } from "@tessera/domain/weights/recognise";
import type { WeightsReport } from "@tessera/domain/weights/report";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface Weights {
  readonly id: string;
  readonly name: string;
  /** Where they are from, in the words of who imported them. */
  readonly source: string;
  readonly family: RecognisedNet["family"];
  readonly model: RecognisedNet;
  /** Of the safetensors file. */
  readonly sha256: string;
  readonly graphSha256: string;
  readonly report: WeightsReport;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export type NewWeights = Omit<Weights, "id" | "family" | "createdAt">;

const columns = [
  "id",
  "name",
  "source",
  "family",
  "model",
  "sha256",
  "graph_sha256",
  "report",
  "created_by",
  "created_at",
] as const;

/** Upload the files first. @throws DomainError CONFLICT where the team has weights of this name */
export async function insertWeights(sql: TeamSql, teamId: string, weights: NewWeights): Promise<Weights> {
  const { name, source, model, sha256, graphSha256, report, createdBy } = weights;
  const [row] = await sql<Weights[]>`
    insert into weights (team_id, name, source, family, model, sha256, graph_sha256, report, created_by)
    values (${teamId}, ${name}, ${source}, ${model.family}, ${sql.json(model as never)}, ${sha256}, ${graphSha256},
      ${sql.json(report as never)}, ${createdBy})
    on conflict (team_id, name) do nothing returning ${sql(columns)}`;
  if (!row) throw new DomainError("CONFLICT", `This team has weights named "${name}"; give another name.`, { name });
  return row;
}

/** Newest first. */
export function listWeights(sql: TeamSql, teamId: string): Promise<Weights[]> {
  return sql<Weights[]>`
    select ${sql(columns)} from weights where team_id = ${teamId} order by created_at desc, id`;
}

export async function weightsByIds(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<(Weights | null)[]> {
  const rows = await sql<Weights[]>`
    select ${sql(columns)} from weights where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}
