/**
 * @file One DataLoader per nested field: what a page asks about its rows is one statement, however long the page is.
 *
 * A loader lives for one request, so it caches nothing across callers.
 */
import type { InspectionKindName } from "@tessera/domain/inspections/kinds";
import type { Fold } from "@tessera/domain/words";
import { type Annotation, annotationsByIds, annotationsByItems } from "@tessera/store/annotations";
import { attemptsOf } from "@tessera/store/attempts";
import { bagOrigins } from "@tessera/store/bagOrigins";
import { blindItems } from "@tessera/store/blindItems";
import { checkpointsOf } from "@tessera/store/checkpoints";
import type { Database, TeamSql } from "@tessera/store/database";
import { datasetStats, datasetsByIds } from "@tessera/store/datasets";
import { classificationPredictions, type Evaluation, evaluationItems, evaluationsOf } from "@tessera/store/evaluations";
import { extensionsOf } from "@tessera/store/experimentExtensions";
import { type ExperimentSplit, experimentSplits } from "@tessera/store/experimentSplits";
import { experimentsByIds } from "@tessera/store/experiments";
import { bagSourcesByItems } from "@tessera/store/importedBags";
import { importsByIds, importsOf } from "@tessera/store/imports";
import { inspectionsByIds, inspectionsOf, tileMapsOfSlides } from "@tessera/store/inspections";
import { type HashingProgress, hashingProgress } from "@tessera/store/itemHashes";
import { itemsByIds } from "@tessera/store/items";
import { labelChainsByIds } from "@tessera/store/labelChains";
import { labelJobsByIds, labelJobsOf } from "@tessera/store/labelJobs";
import { schemasByIds, schemasOf } from "@tessera/store/labelSchemas";
import { labelsForItems, labelVersionsByIds, labelVersionsOf } from "@tessera/store/labelVersions";
import { maskChecksByIds } from "@tessera/store/maskChecks";
import { type Measurement, measurementsOf } from "@tessera/store/measurements";
import { peopleByIds } from "@tessera/store/members";
import {
  furtherScoringsOf,
  type NoiseStudyRow,
  noiseStudiesOf,
  noiseVersionsOf,
  wantedRunsOf,
} from "@tessera/store/noiseStudies";
import { predictionScoringsOf } from "@tessera/store/predictionScorings";
import { projectsByIds } from "@tessera/store/projects";
import { newestRegionSetsByItems, type RegionSetRow, regionSetsByItems } from "@tessera/store/regionSets";
import { reportSetsByIds, reportSetsOf } from "@tessera/store/reports";
import { reviewEventsOf } from "@tessera/store/reviewEvents";
import { reviewProgress } from "@tessera/store/reviewProgress";
import { reviewTasksByIds } from "@tessera/store/reviewTasks";
import { type Run, runsByIds, runsOfExperiments } from "@tessera/store/runs";
import { samplesOf } from "@tessera/store/samples";
import { listSeries, points } from "@tessera/store/series";
import { slideJobsByIds, slideJobsOf, slideJobsOfBags, slideResultsOfItems } from "@tessera/store/slideJobs";
import { slideRuns } from "@tessera/store/slideRuns";
import { slidesByItems } from "@tessera/store/slides";
import { foldCounts, splitsByIds, splitsOf } from "@tessera/store/splits";
import { tilesOfFolds } from "@tessera/store/tileLabels";
import { weightsByIds } from "@tessera/store/weights";
import {
  type WitnessStudyRow,
  wantedWitnessRunsOf,
  witnessRatesOf,
  witnessStudiesOf,
} from "@tessera/store/witnessStudies";
import { workersByIds } from "@tessera/store/workers";
import DataLoader from "dataloader";

export type Loaders = ReturnType<typeof loadersFor>;

/** @param reader who asks: before their blind second read is saved, they get no other opinion on the item */
export function loadersFor(db: Database, teamId: string, reader: string) {
  /** One slot per id, in the order asked; null where the team has no such row. */
  const byId = <Row>(
    load: (sql: TeamSql, teamId: string, ids: readonly string[]) => Promise<(Row | null)[]>,
    forReader?: string,
  ) => new DataLoader<string, Row | null>((ids) => db.asTeam(teamId, (sql) => load(sql, teamId, ids), forReader));

  /** The rows that belong to each id, in the order the store gave them. */
  const many = <Row>(
    load: (sql: TeamSql, teamId: string, ids: readonly string[]) => Promise<readonly Row[]>,
    ownerOf: (row: Row) => string,
  ) =>
    new DataLoader<string, Row[]>(async (ids) => {
      const rows = await db.asTeam(teamId, (sql) => load(sql, teamId, ids));
      const groups = Map.groupBy(rows, ownerOf);
      return ids.map((id) => groups.get(id) ?? []);
    });

  /** Loaders that take one more argument, made when first asked for it. */
  const keyed = <Loader>(make: (key: string) => Loader) => {
    const made = new Map<string, Loader>();
    return (key: string): Loader => {
      const loader = made.get(key) ?? make(key);
      made.set(key, loader);
      return loader;
    };
  };
  return {
    project: byId(projectsByIds),
    dataset: byId(datasetsByIds),
    datasetStats: byId(datasetStats),
    hashing: new DataLoader<string, HashingProgress>((ids) =>
      db.asTeam(teamId, (sql) => hashingProgress(sql, teamId, ids)),
    ),
    item: byId(itemsByIds),
    annotations: new DataLoader<string, Annotation[]>((ids) =>
      db.asTeam(teamId, (sql) => annotationsByItems(sql, teamId, ids), reader),
    ),
    annotation: byId(annotationsByIds, reader),
    schema: byId(schemasByIds),
    schemasOfDataset: many(schemasOf, (schema) => schema.datasetId),
    reviewTask: byId(reviewTasksByIds),
    reviewEvents: many(reviewEventsOf, (event) => event.taskId),
    reviewQueues: many(reviewProgress, (queue) => queue.datasetId),
    maskCheck: byId(maskChecksByIds),
    /** Of one label schema: items that the reader is yet to read blind. */
    blindItems: new DataLoader<string, ReadonlySet<string>>(async (schemaIds) => {
      const rows = await db.asTeam(teamId, (sql) => blindItems(sql, teamId, schemaIds), reader);
      const groups = Map.groupBy(rows, ({ schemaId }) => schemaId);
      return schemaIds.map((id) => new Set(groups.get(id)?.map(({ itemId }) => itemId)));
    }),
    labelVersion: byId(labelVersionsByIds),
    /** Of one label version, by item. */
    labels: keyed((labelVersionId) =>
      byId((sql, team, itemIds) => labelsForItems(sql, team, labelVersionId, itemIds), reader),
    ),
    labelVersionsOfDataset: many(labelVersionsOf, (version) => version.datasetId),
    labelChain: byId(labelChainsByIds),
    labelJob: byId(labelJobsByIds),
    labelJobsOfDataset: many(labelJobsOf, (job) => job.datasetId),
    slide: byId(slidesByItems),
    /** By item. */
    regionSets: new DataLoader<string, RegionSetRow[]>((ids) =>
      db.asTeam(teamId, (sql) => regionSetsByItems(sql, teamId, ids), reader),
    ),
    newestRegionSets: new DataLoader<string, RegionSetRow[]>((ids) =>
      db.asTeam(teamId, (sql) => newestRegionSetsByItems(sql, teamId, ids), reader),
    ),
    bagOrigin: byId(bagOrigins),
    tileMapsOfSlide: many(tileMapsOfSlides, ({ slideItemId }) => slideItemId),
    slideJob: byId(slideJobsByIds),
    resultsOfSlide: many(slideResultsOfItems, (result) => result.itemId),
    runsOfSlide: many(slideRuns, ({ slideItemId }) => slideItemId),
    slideJobsOfDataset: many(slideJobsOf, (job) => job.datasetId),
    slideJobsOfBags: many(slideJobsOfBags, (job) => job.bagDatasetId!),
    bagSource: byId(bagSourcesByItems),
    reportSet: byId(reportSetsByIds),
    reportSetsOfDataset: many(reportSetsOf, (set) => set.datasetId),
    split: byId(splitsByIds),
    experimentSplits: new DataLoader<string, ExperimentSplit[]>((ids) =>
      db.asTeam(teamId, (sql) => experimentSplits(sql, teamId, ids)),
    ),
    foldCounts: byId(foldCounts),
    labelledTiles: many(tilesOfFolds, (fold) => fold.splitId),
    splitsOfDataset: many(splitsOf, (split) => split.datasetId),
    import: byId(importsByIds),
    importsOfDataset: many(importsOf, (row) => row.datasetId),
    person: byId(peopleByIds),
    experiment: byId(experimentsByIds),
    run: byId(runsByIds),
    extensionsOfExperiment: many(extensionsOf, (extension) => extension.experimentId),
    /** Null of an experiment that is no noise study. */
    noiseStudy: new DataLoader<string, NoiseStudyRow | null>(async (ids) => {
      const rows = await db.asTeam(teamId, (sql) => noiseStudiesOf(sql, teamId, ids));
      return ids.map((id) => rows.find(({ experimentId }) => experimentId === id) ?? null);
    }),
    noiseVersions: many(noiseVersionsOf, (version) => version.experimentId),
    wantedRuns: many(wantedRunsOf, (run) => run.experimentId),
    /** Null of an experiment that is no witness study. */
    witnessStudy: new DataLoader<string, WitnessStudyRow | null>(async (ids) => {
      const rows = await db.asTeam(teamId, (sql) => witnessStudiesOf(sql, teamId, ids));
      return ids.map((id) => rows.find(({ experimentId }) => experimentId === id) ?? null);
    }),
    witnessRates: many(witnessRatesOf, (rate) => rate.experimentId),
    wantedWitnessRuns: many(wantedWitnessRunsOf, (run) => run.experimentId),
    furtherScorings: many(furtherScoringsOf, (scoring) => scoring.experimentId),
    runsOfExperiment: new DataLoader<string, Run[]>((ids) =>
      db.asTeam(teamId, (sql) => runsOfExperiments(sql, teamId, ids)),
    ),
    worker: byId(workersByIds),
    weights: byId(weightsByIds),
    attempts: many(attemptsOf, (attempt) => attempt.runId),
    checkpoints: many(checkpointsOf, (checkpoint) => checkpoint.runId),
    series: many(listSeries, (series) => series.runId),
    /** Of these series, given as JSON, by run; null: of all. */
    points: keyed((series) =>
      many(
        (sql, team, runIds) => points(sql, team, { runIds, series: JSON.parse(series) as string[] | null }),
        (row) => row.runId,
      ),
    ),
    samples: many(samplesOf, (sample) => sample.runId),
    predictionScorings: many(predictionScoringsOf, (scoring) => scoring.runId),
    /** Of one fold, by run: the first scoring. */
    evaluation: keyed((fold) => byId((sql, team, runIds) => firstEvaluations(sql, team, runIds, fold as Fold))),
    /** Of one fold, by run: every scoring. */
    evaluations: keyed((fold) =>
      many(
        (sql, team, runIds) => evaluationsOf(sql, team, { runIds, fold: fold as Fold }),
        (row) => row.runId,
      ),
    ),
    /** How far an evaluation's masks are measured. */
    measurement: new DataLoader<string, Measurement | null>(async (ids) => {
      const rows = await db.asTeam(teamId, (sql) => measurementsOf(sql, teamId, ids));
      const found = new Map(rows.map((row) => [row.evaluationId, row]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    inspection: byId(inspectionsByIds),
    /** Of one kind, by run. */
    inspections: keyed((kind) => {
      const rows = many(
        (sql, team, runIds) => inspectionsOf(sql, team, runIds, kind as InspectionKindName),
        (row) => row.runId,
      );
      return {
        load: async (runId: string) => (await rows.load(runId)).map(({ inspection }) => inspection),
      };
    }),
    evaluationItems: many(evaluationItems, (row) => row.evaluationId),
    classificationPredictions: many(classificationPredictions, (row) => row.evaluationId),
  };
}

/** One slot per run, null where the run has not scored this fold. */
async function firstEvaluations(sql: TeamSql, teamId: string, runIds: readonly string[], fold: Fold) {
  const rows = await evaluationsOf(sql, teamId, { runIds, fold });
  const first = new Map<string, Evaluation>();
  for (const row of rows) {
    const before = first.get(row.runId);
    if (!before || row.scoring < before.scoring) first.set(row.runId, row);
  }
  return runIds.map((runId) => first.get(runId) ?? null);
}
