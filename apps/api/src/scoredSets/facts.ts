/** @file Reads what a set's boards are made of, once. The measures themselves, which may be large, are let go of. */
import { contiguity } from "@tessera/analysis/segmentation/contiguity";
import type { ItemFacts } from "@tessera/analysis/segmentation/itemFacts";
import { segmentationMetrics } from "@tessera/analysis/segmentation/metrics";
import type { TruthProfile } from "@tessera/domain/measures";
import { squareSpacing } from "@tessera/domain/spacing";
import { type EvaluationItem, evaluationItems } from "@tessera/store/evaluations";
import { itemsByIds } from "@tessera/store/items";
import { type MeasuredPrediction as MeasuresRow, predictionMeasures, truthProfiles } from "@tessera/store/measurements";
import { ContentCache } from "../comparison/cache.ts";
import type { Context } from "../context.ts";
import { batchesOf } from "./batches.ts";
import type { ScoredSet } from "./scoredSet.type.ts";
import { runsOf } from "./setArm.ts";
import type { Scored, SetFacts, Truth } from "./setFacts.ts";

export async function factsOf(context: Context, set: ScoredSet): Promise<SetFacts> {
  const { services, teamId, loaders } = context;
  const ids = runsOf(set.sources).map(({ evaluationId }) => evaluationId);
  const measurements = await Promise.all(ids.map((id) => loaders.measurement.load(id)));
  // nothing of an evaluation is ever updated: what is measured of it is only added to
  const content = [teamId, set.arms, set.fold, ids, measurements.map((measurement) => measurement?.done ?? 0)];
  return services.scoredSets.get(content, () => readFacts(context, set));
}

async function readFacts({ asTeam, teamId }: Context, set: ScoredSet): Promise<SetFacts> {
  const { labelVersionId, size } = set;
  const truths = new Map<string, Truth>();
  const spacings = new Map<string, ItemFacts["spacing"]>();
  const byRun = new Map<string, Map<string, Scored[]>>();
  for (const batch of batchesOf(runsOf(set.sources))) {
    const evaluationIds = batch.map(({ evaluationId }) => evaluationId);
    const read = await asTeam(async (sql) => {
      const rows = await evaluationItems(sql, teamId, evaluationIds);
      const newItems = [...new Set(rows.map(({ itemId }) => itemId))].filter((id) => !spacings.has(id));
      const [profiles, items] =
        newItems.length === 0
          ? [[], []]
          : [
              await truthProfiles(sql, teamId, { labelVersionId, size, itemIds: newItems }),
              await itemsByIds(sql, teamId, newItems),
            ];
      return { rows, profiles, items, measures: await predictionMeasures(sql, teamId, evaluationIds) };
    });
    for (const item of read.items) {
      if (item) spacings.set(item.id, squareSpacing(item, size));
    }
    const profiles = new Map(read.profiles.map((each) => [key(each), each.profile]));
    for (const row of read.rows) {
      if (!truths.has(key(row))) truths.set(key(row), truthOf(row, profiles.get(key(row)) ?? null));
    }
    const measures = new Map(read.measures.map((each) => [`${each.evaluationId} ${key(each)}`, each]));
    for (const row of read.rows) {
      const truth = truths.get(key(row))!;
      const measured = measures.get(`${row.evaluationId} ${key(row)}`);
      const scored = scoredOf(row, truth, measured, { size, spacing: spacings.get(row.itemId) ?? null });
      const items = byRun.get(row.evaluationId) ?? new Map<string, Scored[]>();
      byRun.set(row.evaluationId, items);
      const classes = items.get(truth.itemId) ?? [];
      items.set(truth.itemId, classes);
      classes.push(scored);
    }
  }
  return {
    truths: [...truths.values()],
    items: spacings.size,
    boards: new ContentCache(30),
    arms: set.sources.map(({ name, runs }) => ({
      name,
      runs: runs.map(({ seed, evaluationId }) => ({ seed, items: byRun.get(evaluationId) ?? new Map() })),
    })),
  };
}

const key = ({ itemId, classIndex }: { itemId: string; classIndex: number }) => `${itemId} ${classIndex}`;

const truthOf = (row: EvaluationItem, profile: TruthProfile | null): Truth => ({
  itemId: row.itemId,
  itemName: row.itemName,
  classIndex: row.classIndex,
  regionShare: row.regionShare,
  pixels: row.truePositives + row.falseNegatives,
  profile,
});

function scoredOf(
  row: EvaluationItem,
  { profile }: Truth,
  measured: MeasuresRow | undefined,
  { size, spacing }: { size: number; spacing: ItemFacts["spacing"] },
): Scored {
  const { classIndex, truePositives, falsePositives, falseNegatives, trueNegatives } = row;
  const counts = { truePositives, falsePositives, falseNegatives, trueNegatives, thresholds: row.thresholdCounts };
  const scored = { classIndex, counts, predictionSha256: row.predictionSha256 };
  if (!measured || !profile) {
    const scores = Float64Array.from(segmentationMetrics, (metric) => metric.fromCounts?.(counts) ?? Number.NaN);
    return { ...scored, scores, measured: null };
  }
  const prediction = measured.measures;
  const facts: ItemFacts = { counts, prediction, truth: profile, width: size, height: size, spacing };
  return {
    ...scored,
    scores: Float64Array.from(segmentationMetrics, (metric) => metric.of(facts) ?? Number.NaN),
    measured: { truth: profile, contiguity: contiguity(profile.topology, prediction) },
  };
}
