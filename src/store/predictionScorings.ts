/** @file Predictions on their way to an evaluation: masks of a foreign run, or an evaluation's own on other labels. */
import { DomainError } from "@tessera/domain/errors";
import type { Fold } from "@tessera/domain/words";
import { blobsBySha } from "./blobs.ts";
import type { TeamSql } from "./database.ts";
import { type Evaluation, evaluationsByIds } from "./evaluations.ts";
import { itemsByIds } from "./items.ts";
import { labelsForItems, labelVersionsByIds } from "./labelVersions.ts";
import { inOrder } from "./page.ts";
import { runsByIds } from "./runs.ts";
import { splitItems, splitsByIds } from "./splits.ts";

export interface PredictionFile {
  readonly itemId: string;
  /** PNG, any size; luminance > 127 is foreground, or of several classes the value is 0 or class index + 1. */
  readonly sha256: string;
}

export interface PredictionScoring {
  readonly id: string;
  readonly runId: string;
  readonly labelVersionId: string;
  readonly splitId: string;
  readonly fold: Exclude<Fold, "train">;
  /** Side of the square to count at, pixels. */
  readonly size: number;
  readonly state: "queued" | "running" | "succeeded" | "failed";
  /** Counts of items. */
  readonly total: number;
  readonly done: number;
  /** The evaluation whose predictions these are; null: they were sent. */
  readonly scoredFrom: string | null;
  /** Once it has succeeded. */
  readonly evaluationId: string | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface NewPredictionScoring {
  readonly runId: string;
  readonly labelVersionId: string;
  readonly splitId: string;
  readonly fold: Fold;
  readonly size: number;
  readonly predictions: readonly PredictionFile[];
}

const columns = [
  "id",
  "run_id",
  "label_version_id",
  "split_id",
  "fold",
  "size",
  "state",
  "total",
  "done",
  "scored_from",
  "evaluation_id",
  "error",
  "created_at",
  "finished_at",
] as const;

/**
 * Queued for a worker. A fold may be scored again: that is another evaluation, shown as the second.
 * @throws DomainError NOT_FOUND for the run, label version or split; CONFLICT for a run that Tessera trains; BAD_INPUT where
 * the predictions are not exactly one uploaded mask per item of the fold, or parts are of different datasets.
 */
export async function createPredictionScoring(
  sql: TeamSql,
  teamId: string,
  scoring: NewPredictionScoring,
): Promise<PredictionScoring> {
  await checkPlace(sql, teamId, scoring);
  await checkPredictions(sql, teamId, scoring);
  const { runId, labelVersionId, splitId, fold, size, predictions } = scoring;
  const [row] = await sql<[PredictionScoring]>`
    insert into prediction_scorings (team_id, run_id, label_version_id, split_id, fold, size, predictions, total)
    values (${teamId}, ${runId}, ${labelVersionId}, ${splitId}, ${fold}, ${size}, ${sql.json(predictions as never)},
      ${predictions.length})
    returning ${sql(columns)}`;
  return row;
}

export async function predictionScoringsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(PredictionScoring | null)[]> {
  const rows = await sql<PredictionScoring[]>`
    select ${sql(columns)} from prediction_scorings where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** By run, newest first. */
export function predictionScoringsOf(
  sql: TeamSql,
  teamId: string,
  runIds: readonly string[],
): Promise<PredictionScoring[]> {
  return sql<PredictionScoring[]>`
    select ${sql(columns)} from prediction_scorings
    where team_id = ${teamId} and run_id = any(${runIds as string[]}::uuid[])
    order by run_id, created_at desc, id`;
}

/**
 * Queued for a worker: what an evaluation predicted, scored on another version of the same labels, as a further scoring of its
 * fold. Asked for again it is the one that is there, unless that failed.
 * @throws DomainError NOT_FOUND for the evaluation or label version; BAD_INPUT where the version is of other classes or lacks a label;
 * CONFLICT where the evaluation is on that version, or is a further scoring itself
 */
export async function createFurtherScoring(
  sql: TeamSql,
  teamId: string,
  { evaluationId, labelVersionId }: { readonly evaluationId: string; readonly labelVersionId: string },
): Promise<PredictionScoring> {
  const [evaluation] = await evaluationsByIds(sql, teamId, [evaluationId]);
  if (!evaluation) throw new DomainError("NOT_FOUND", `No evaluation ${evaluationId} in this team.`, { evaluationId });
  await checkOtherLabels(sql, teamId, evaluation, labelVersionId);
  const { runId, splitId, fold, size, items } = evaluation;
  await sql`
    insert into prediction_scorings (team_id, run_id, label_version_id, split_id, fold, size, predictions, total, scored_from)
    values (${teamId}, ${runId}, ${labelVersionId}, ${splitId}, ${fold}, ${size}, '[]', ${items}, ${evaluationId})
    on conflict (team_id, scored_from, label_version_id) where scored_from is not null and state <> 'failed' do nothing`;
  const [row] = await sql<[PredictionScoring]>`
    select ${sql(columns)} from prediction_scorings
    where team_id = ${teamId} and scored_from = ${evaluationId} and label_version_id = ${labelVersionId} and state <> 'failed'`;
  return row;
}

async function checkOtherLabels(
  sql: TeamSql,
  teamId: string,
  evaluation: Evaluation,
  labelVersionId: string,
): Promise<void> {
  const [scored, other] = await labelVersionsByIds(sql, teamId, [evaluation.labelVersionId, labelVersionId]);
  if (!other) {
    throw new DomainError("NOT_FOUND", `No label version ${labelVersionId} in this team.`, { labelVersionId });
  }
  if (evaluation.scoredFrom !== null) {
    const message = "this is a further scoring itself; score the evaluation that it is of";
    throw new DomainError("CONFLICT", message, { evaluationId: evaluation.scoredFrom });
  }
  if (evaluation.labelVersionId === labelVersionId) {
    throw new DomainError("CONFLICT", "labelVersionId: the evaluation is on this version already", { labelVersionId });
  }
  if (scored!.schemaId !== other.schemaId) {
    throw bad("labelVersionId", "expected a version of the classes that were scored, got one of others");
  }
  const ids = (await splitItems(sql, teamId, evaluation.splitId, evaluation.fold)).map(({ itemId }) => itemId);
  const labels = await labelsForItems(sql, teamId, labelVersionId, ids);
  const unlabelled = ids.filter((_, i) => labels[i] === null);
  if (unlabelled.length === 0) return;
  throw bad("labelVersionId", `this label version has no label for ${await namesOf(sql, teamId, unlabelled)}`);
}

const sizes = { least: 16, most: 1024 } as const; // of a model of ours

async function checkPlace(
  sql: TeamSql,
  teamId: string,
  { runId, labelVersionId, splitId, fold, size }: NewPredictionScoring,
): Promise<void> {
  const [run] = await runsByIds(sql, teamId, [runId]);
  const [labelVersion] = await labelVersionsByIds(sql, teamId, [labelVersionId]);
  const [split] = await splitsByIds(sql, teamId, [splitId]);
  const missing = (what: string, id: string) => new DomainError("NOT_FOUND", `No ${what} ${id} in this team.`, { id });
  if (!run) throw missing("run", runId);
  if (!labelVersion) throw missing("label version", labelVersionId);
  if (!split) throw missing("split", splitId);
  if (run.source !== "foreign") {
    throw new DomainError("CONFLICT", `Run ${runId} is trained by Tessera, which scores it itself.`, { runId });
  }
  if (labelVersion.datasetId !== split.datasetId) {
    throw bad("splitId", "expected a split of the label version's dataset, got one of another dataset");
  }
  if (fold === "train") throw bad("fold", "expected VALIDATION or TEST; what was trained on is not scored");
  if (!Number.isInteger(size) || size < sizes.least || size > sizes.most) {
    throw bad("size", `expected a whole number of pixels from ${sizes.least} to ${sizes.most}, got ${size}`);
  }
}

async function checkPredictions(
  sql: TeamSql,
  teamId: string,
  { labelVersionId, splitId, fold, predictions }: NewPredictionScoring,
): Promise<void> {
  const itemIds = (await splitItems(sql, teamId, splitId, fold)).map(({ itemId }) => itemId);
  const given = new Set(predictions.map(({ itemId }) => itemId));
  if (given.size < predictions.length) {
    const twice = predictions.map(({ itemId }) => itemId).filter((id, i, all) => all.indexOf(id) < i);
    throw bad("predictions", `expected each item once; given twice: ${await namesOf(sql, teamId, twice)}`);
  }
  const inFold = new Set(itemIds);
  const foreign = [...given].filter((id) => !inFold.has(id));
  if (foreign.length > 0) {
    throw bad("predictions", `not in the ${fold} fold of this split: ${await namesOf(sql, teamId, foreign)}`);
  }
  const absent = itemIds.filter((id) => !given.has(id));
  if (itemIds.length === 0 || absent.length > 0) {
    const which = itemIds.length === 0 ? "the fold has no items" : `missing: ${await namesOf(sql, teamId, absent)}`;
    throw bad("predictions", `expected one mask for every item of the ${fold} fold (${itemIds.length}); ${which}`);
  }
  const labels = await labelsForItems(sql, teamId, labelVersionId, itemIds);
  const unlabelled = itemIds.filter((_, i) => labels[i] === null);
  if (unlabelled.length > 0) {
    throw bad("labelVersionId", `this label version has no label for ${await namesOf(sql, teamId, unlabelled)}`);
  }
  const shas = predictions.map(({ sha256 }) => sha256);
  const blobs = await blobsBySha(sql, teamId, shas);
  const notSent = predictions.filter((_, i) => blobs[i] === null).map(({ itemId }) => itemId);
  if (notSent.length > 0) {
    throw bad(
      "predictions",
      `PUT the masks to /files/<sha256> first; not there: ${await namesOf(sql, teamId, notSent)}`,
    );
  }
}

const shown = 10;

/** The first few by name, and how many there are besides. An item of another team is told by its id. */
async function namesOf(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<string> {
  const items = await itemsByIds(sql, teamId, ids.slice(0, shown));
  const names = items.map((item, i) => item?.name ?? ids[i]!).join(", ");
  return ids.length > shown ? `${names} and ${ids.length - shown} more` : names;
}

const bad = (field: string, message: string) => new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
