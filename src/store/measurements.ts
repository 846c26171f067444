/**
 * @file What was measured of an evaluation's masks, and how far measuring has come. Rows of another measuresVersion are not
 * read: they mean something else.
 */
import { measuresVersion, type PredictionMeasures, type TruthProfile } from "@tessera/domain/measures";
import type { TeamSql } from "./database.ts";

export interface Measurement {
  readonly evaluationId: string;
  readonly state: "queued" | "running" | "succeeded" | "failed";
  /** Counts of items. */
  readonly total: number;
  readonly done: number;
  readonly error: string | null;
}

/** In any order; every evaluation has one. */
export function measurementsOf(sql: TeamSql, teamId: string, evaluationIds: readonly string[]): Promise<Measurement[]> {
  return sql<Measurement[]>`
    select evaluation_id, state, total, done, error from measurements
    where team_id = ${teamId} and evaluation_id = any(${evaluationIds as string[]}::uuid[])`;
}

export interface MeasuredPrediction {
  readonly evaluationId: string;
  readonly itemId: string;
  readonly classIndex: number;
  readonly measures: PredictionMeasures;
}

/** What is measured so far, by evaluation, item, class. */
export function predictionMeasures(
  sql: TeamSql,
  teamId: string,
  evaluationIds: readonly string[],
): Promise<MeasuredPrediction[]> {
  return sql<MeasuredPrediction[]>`
    select evaluation_id, item_id, class_index, measures from prediction_measures
    where team_id = ${teamId} and evaluation_id = any(${evaluationIds as string[]}::uuid[]) and version = ${measuresVersion}
    order by evaluation_id, item_id, class_index`;
}

export interface ProfiledTruth {
  readonly itemId: string;
  readonly classIndex: number;
  readonly profile: TruthProfile;
}

/** What is profiled so far at this size, by item, class; of these items where they are given. */
export function truthProfiles(
  sql: TeamSql,
  teamId: string,
  { labelVersionId, size, itemIds }: { labelVersionId: string; size: number; itemIds?: readonly string[] },
): Promise<ProfiledTruth[]> {
  return sql<ProfiledTruth[]>`
    select item_id, class_index, profile from truth_profiles
    where team_id = ${teamId} and label_version_id = ${labelVersionId} and size = ${size} and version = ${measuresVersion}
      ${itemIds ? sql`and item_id = any(${itemIds as string[]}::uuid[])` : sql``}
    order by item_id, class_index`;
}
