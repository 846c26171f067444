/** @file Experiments: a question with arms, and the runs that answer it. */
import { DomainError } from "@tessera/domain/errors";
import type { TeamSql } from "./database.ts";
import { decodeCursor, inOrder, type Page, type PageOf, pageOf, pageSize } from "./page.ts";
import type { Json } from "./runs.ts";

export interface Arm {
  readonly name: string;
  readonly changes: Json;
  /** What its runs learn from; absent: the experiment's. */
  readonly labelVersionId?: string;
}

export interface Experiment {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly question: string;
  readonly datasetId: string;
  readonly labelVersionId: string;
  /** What the test fold is scored on; null: labelVersionId. */
  readonly evaluationLabelVersionId: string | null;
  readonly splitId: string;
  readonly base: Json;
  /** In the order shown. */
  readonly arms: readonly Arm[];
  readonly seeds: readonly number[];
  /** Declared before the runs; null: no equivalence claim. */
  readonly equivalenceMargin: number | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface NewRun {
  readonly arm: string;
  readonly seed: number;
  readonly configuration: Json;
  readonly startingRunId: string | null;
  /** Absent: the experiment's. */
  readonly labelVersionId?: string;
  /** Absent: the experiment's. */
  readonly splitId?: string;
  readonly name: string;
}

export interface NewExperiment extends Omit<Experiment, "id" | "createdAt" | "evaluationLabelVersionId"> {
  readonly evaluationLabelVersionId?: string | null;
  readonly codeCommit: string;
  readonly runs: readonly NewRun[];
}

const columns = [
  "id",
  "project_id",
  "name",
  "question",
  "dataset_id",
  "label_version_id",
  "evaluation_label_version_id",
  "split_id",
  "base",
  "arms",
  "seeds",
  "equivalence_margin",
  "created_by",
  "created_at",
] as const;

/**
 * The experiment and all its runs, queued, in one statement: all of it or nothing.
 * @throws DomainError CONFLICT when the name is taken; BAD_INPUT when label version or split are of another dataset;
 *   NOT_FOUND when it names something that is not there.
 */
export async function createExperiment(sql: TeamSql, teamId: string, experiment: NewExperiment): Promise<Experiment> {
  const { datasetId, labelVersionId, evaluationLabelVersionId = null, splitId } = experiment;
  const [row] = await sql<Experiment[]>`
    with experiment as (
      insert into experiments (team_id, project_id, name, question, dataset_id, label_version_id, evaluation_label_version_id,
        split_id, base, arms, seeds, equivalence_margin, created_by)
      select ${teamId}, ${experiment.projectId}, ${experiment.name}, ${experiment.question}, ${datasetId}, v.id,
        ${evaluationLabelVersionId}, s.id,
        ${sql.json(experiment.base as never)}, ${sql.json(experiment.arms as never)},
        ${experiment.seeds as number[]}::integer[], ${experiment.equivalenceMargin}, ${experiment.createdBy}
      from label_versions v, splits s
      where v.team_id = ${teamId} and v.id = ${labelVersionId} and v.dataset_id = ${datasetId}
        and s.team_id = ${teamId} and s.id = ${splitId} and s.dataset_id = ${datasetId}
      returning *),
    filled as (
      insert into runs (team_id, project_id, experiment_id, name, arm, seed, configuration, dataset_id, label_version_id,
        evaluation_label_version_id, split_id, starting_run_id, code_commit, created_by)
      select e.team_id, e.project_id, e.id, r.run ->> 'name', r.run ->> 'arm', (r.run ->> 'seed')::integer,
        r.run -> 'configuration', e.dataset_id, coalesce((r.run ->> 'labelVersionId')::uuid, e.label_version_id),
        e.evaluation_label_version_id,
        coalesce((r.run ->> 'splitId')::uuid, e.split_id), (r.run ->> 'startingRunId')::uuid,
        ${experiment.codeCommit}, e.created_by
      from experiment e, jsonb_array_elements(${sql.json(experiment.runs as never)}) with ordinality as r (run, place)
      order by r.place)
    select ${sql(columns)} from experiment`;
  if (!row) {
    throw new DomainError(
      "BAD_INPUT",
      "Expected a label version and a split of the experiment's dataset; one of them is not.",
      {
        datasetId,
        labelVersionId,
        splitId,
      },
    );
  }
  return row;
}

export async function experimentsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(Experiment | null)[]> {
  const rows = await sql<Experiment[]>`
    select ${sql(columns)} from experiments where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Null where the project has none of that name. */
export async function experimentNamed(
  sql: TeamSql,
  teamId: string,
  { projectId, name }: { projectId: string; name: string },
): Promise<Experiment | null> {
  const [row] = await sql<Experiment[]>`
    select ${sql(columns)} from experiments
    where team_id = ${teamId} and project_id = ${projectId} and name = ${name}`;
  return row ?? null;
}

/** Newest first. */
export async function listExperiments(sql: TeamSql, teamId: string, page: Page = {}): Promise<PageOf<Experiment>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 2);
  const rows = await sql<(Experiment & { at: string })[]>`
    select ${sql(columns)}, created_at::text as at from experiments
    where team_id = ${teamId}
      ${after ? sql`and (created_at, id) < (${after[0]!}::text::timestamptz, ${after[1]!}::uuid)` : sql``}
    order by created_at desc, id desc limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`select count(*) from experiments where team_id = ${teamId}`;
  return pageOf(rows, size, total.count, (row) => [row.at, row.id]);
}
