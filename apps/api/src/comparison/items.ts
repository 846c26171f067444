/** @file The items of a comparison, each under both arms, and their strata by region size. */
import { diceOfCounts, meanScore } from "@tessera/analysis/dice";
import { sizeStrata } from "@tessera/analysis/strata";
import { fileUrl } from "../graphql/fileUrl.ts";
import { total } from "../graphql/total.ts";
import type { CountedRun } from "./countedRun.ts";
import type { ItemComparison } from "./itemComparison.type.ts";
import type { SeedPrediction } from "./seedPrediction.type.ts";
import type { StratumComparison } from "./stratumComparison.type.ts";

/** Largest loss of the second arm first; items without a difference last. */
export function itemRows(a: readonly CountedRun[], b: readonly CountedRun[]): ItemComparison[] {
  const [ofA, ofB] = [predictionsByItem(a), predictionsByItem(b)];
  const shares = regionShares([...a, ...b]);
  const rows = [...new Set([...ofA.keys(), ...ofB.keys()])].map((itemId) => {
    const [predictionsA, predictionsB] = [ofA.get(itemId) ?? [], ofB.get(itemId) ?? []];
    const [meanA, meanB] = [meanDice(predictionsA), meanDice(predictionsB)];
    const difference = meanA === null || meanB === null ? null : meanB - meanA;
    const regionShare = shares.get(itemId) ?? null;
    return { itemId, a: meanA, b: meanB, difference, regionShare, predictionsA, predictionsB };
  });
  const rank = (difference: number | null) => difference ?? Number.POSITIVE_INFINITY;
  return rows.sort((x, y) => compare(rank(x.difference), rank(y.difference)) || compare(x.itemId, y.itemId));
}

export function strataOf(items: readonly ItemComparison[]): StratumComparison[] {
  const both = items.filter((item) => item.difference !== null && item.regionShare !== null);
  const strata = (score: (item: ItemComparison) => number | null) =>
    sizeStrata(both.map((item) => ({ regionShare: item.regionShare ?? 0, score: score(item) }))).strata;
  const ofB = strata((item) => item.b);
  return strata((item) => item.a).map((a, i) => ({
    label: a.label,
    lowShare: a.from,
    highShare: Math.min(a.below, 1),
    items: a.n,
    meanA: a.mean,
    meanB: ofB[i]?.mean ?? null,
    lowA: a.low,
    highA: a.high,
    lowB: ofB[i]?.low ?? null,
    highB: ofB[i]?.high ?? null,
  }));
}

function predictionsByItem(runs: readonly CountedRun[]): Map<string, SeedPrediction[]> {
  const rows = runs.flatMap(({ runId, seed, items }) =>
    [...Map.groupBy(items, (item) => item.itemId)].map(([itemId, classes]) => ({
      itemId,
      prediction: {
        runId,
        seed,
        dice: meanScore(classes.map((row) => diceOfCounts(row))).mean,
        predictionUrl: fileUrl(classes[0]?.predictionSha256 ?? ""),
      },
    })),
  );
  const byItem = Map.groupBy(rows, (row) => row.itemId);
  return new Map([...byItem].map(([itemId, list]) => [itemId, list.map((row) => row.prediction)]));
}

const meanDice = (predictions: readonly SeedPrediction[]) => meanScore(predictions.map((each) => each.dice)).mean;

/** What the label marks of each image, all classes together; the same for every run. */
function regionShares(runs: readonly CountedRun[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { items } of runs) {
    for (const [itemId, classes] of Map.groupBy(items, (item) => item.itemId)) {
      if (!shares.has(itemId)) shares.set(itemId, total(classes.map((row) => row.regionShare)));
    }
  }
  return shares;
}

const compare = <T extends number | string>(x: T, y: T): number => (x < y ? -1 : x > y ? 1 : 0);
