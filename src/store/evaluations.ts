/** @file Evaluations: a model scored on one fold, the raw counts of every item kept. Never updated. */
import type { ClassValues } from "@tessera/domain/classValues";
import type { ThresholdCounts } from "@tessera/domain/measures";
import type { Fold } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";
import type { Task } from "./labelSchemas.ts";
import { inOrder } from "./page.ts";

export interface Evaluation {
  readonly id: string;
  readonly runId: string;
  readonly attempt: number;
  readonly fold: Exclude<Fold, "train">;
  /** 1: the first time this run scored this fold. A later scoring of test is shown as such. */
  readonly scoring: number;
  readonly labelVersionId: string;
  readonly splitId: string;
  readonly checkpointStep: number;
  /** Side of the square the counts were taken at, pixels. */
  readonly size: number;
  readonly threshold: number;
  readonly task: Task;
  readonly items: number;
  /** The evaluation whose predictions these are, scored on other labels; null: scored as it was predicted. */
  readonly scoredFrom: string | null;
  readonly createdAt: Date;
}

export interface EvaluationItem {
  readonly evaluationId: string;
  readonly itemId: string;
  readonly itemName: string;
  readonly classIndex: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  readonly truthComponents: number;
  readonly predictedComponents: number;
  readonly predictionSha256: string;
  /** Null: scored before these were counted, or from a mask without probabilities. */
  readonly thresholdCounts: ThresholdCounts | null;
  /** The share of the image that the label's region of this class covers, at the origin's size, in [0, 1]. */
  readonly regionShare: number;
}

/** What a classification said of one item. */
export interface ClassificationPrediction {
  readonly evaluationId: string;
  readonly itemId: string;
  readonly itemName: string;
  readonly truth: ClassValues;
  /** Per class of the schema, in [0, 1]. */
  readonly probabilities: readonly number[];
}

const columns = [
  "id",
  "run_id",
  "attempt",
  "fold",
  "scoring",
  "label_version_id",
  "split_id",
  "checkpoint_step",
  "size",
  "threshold",
  "task",
  "items",
  "scored_from",
  "created_at",
] as const;

/** Every scoring of the fold, by run, then scoring. */
export function evaluationsOf(
  sql: TeamSql,
  teamId: string,
  { runIds, fold }: { runIds: readonly string[]; fold: Fold },
): Promise<Evaluation[]> {
  return sql<Evaluation[]>`
    select ${sql(columns)} from evaluations
    where team_id = ${teamId} and run_id = any(${runIds as string[]}::uuid[]) and fold = ${fold}
    order by run_id, scoring`;
}

export async function evaluationsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(Evaluation | null)[]> {
  const rows = await sql<Evaluation[]>`
    select ${sql(columns)} from evaluations where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** By evaluation, item name, class. */
export function evaluationItems(
  sql: TeamSql,
  teamId: string,
  evaluationIds: readonly string[],
): Promise<EvaluationItem[]> {
  return sql<EvaluationItem[]>`
    select e.evaluation_id, e.item_id, i.name as item_name, e.class_index, e.true_positives, e.false_positives,
      e.false_negatives, e.true_negatives, e.truth_components, e.predicted_components, e.prediction_sha256,
      e.threshold_counts,
      coalesce(
        a.region_pixels[e.class_index + 1]::float8 / (i.width::float8 * i.height),
        (e.true_positives + e.false_negatives)::float8
          / nullif(e.true_positives + e.false_positives + e.false_negatives + e.true_negatives, 0),
        0) as region_share
    from evaluation_items e
    join evaluations v on v.team_id = e.team_id and v.id = e.evaluation_id
    join items i on i.team_id = e.team_id and i.id = e.item_id
    left join labels l on l.team_id = e.team_id and l.label_version_id = v.label_version_id and l.item_id = e.item_id
    left join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
    where e.team_id = ${teamId} and e.evaluation_id = any(${evaluationIds as string[]}::uuid[])
    order by e.evaluation_id, i.name, e.class_index`;
}

/** By evaluation, item name; none of an evaluation of segmentation. */
export function classificationPredictions(
  sql: TeamSql,
  teamId: string,
  evaluationIds: readonly string[],
): Promise<ClassificationPrediction[]> {
  return sql<ClassificationPrediction[]>`
    select p.evaluation_id, p.item_id, i.name as item_name, to_jsonb(p.truth) as truth, p.probabilities
    from evaluation_predictions p join items i on i.team_id = p.team_id and i.id = p.item_id
    where p.team_id = ${teamId} and p.evaluation_id = any(${evaluationIds as string[]}::uuid[])
    order by p.evaluation_id, i.name`;
}
