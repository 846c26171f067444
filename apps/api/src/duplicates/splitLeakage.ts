/** @file What one fold of a split tells another. */
import { subjectsInTwoFolds } from "@tessera/domain/split";
import { type Split, splitItems } from "@tessera/store/splits";
import type { Context } from "../context.ts";
import { describePairs, isAcross } from "./describePairs.ts";
import { pairsWithin } from "./findPairs.ts";
import type { SplitLeakage } from "./splitLeakage.type.ts";

const most = 100;

export async function splitLeakage(
  context: Context,
  { id: splitId, datasetId }: Pick<Split, "id" | "datasetId">,
  labelVersionId: string | null,
): Promise<SplitLeakage> {
  const { asTeam, teamId, loaders } = context;
  const [placed, pairs, progress] = await Promise.all([
    asTeam((sql) => splitItems(sql, teamId, splitId)),
    pairsWithin(context, { datasetId }),
    loaders.hashing.load(datasetId),
  ]);
  const described = await describePairs(context, pairs, { splitId, labelVersionId });
  const across = described.filter(isAcross);
  return {
    subjects: subjectsInTwoFolds(placed),
    pairs: across.slice(0, most),
    pairCount: across.length,
    intoTest: across.filter(({ firstFold, secondFold }) => firstFold === "test" || secondFold === "test").length,
    conflicting: described.filter(({ labelsConflict }) => labelsConflict === true).slice(0, most),
    unhashed: progress.items - progress.hashed,
  };
}
