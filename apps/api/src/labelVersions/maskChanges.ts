/** @file Masks of two versions that differ, in sums. */
import { mean } from "@tessera/analysis/summary";
import { diceOf } from "@tessera/domain/maskPairs";
import type { TeamSql } from "@tessera/store/database";
import { diffMasks } from "@tessera/store/labelDiff";
import { maskPairs } from "@tessera/store/maskPairs";
import type { MaskChanges } from "./labelVersionDiff.type.ts";

export const areaChange = (before: number, after: number) => (before === 0 ? null : after / before - 1);

/** @param classes of the schema */
export async function maskChanges(
  sql: TeamSql,
  teamId: string,
  versions: { readonly a: string; readonly b: string },
  classes: number,
): Promise<MaskChanges> {
  const pairs = await diffMasks(sql, teamId, versions, classes);
  const facts = await maskPairs(sql, teamId, { classes, pairs: pairs.map(({ a, b }) => ({ a, b })) });
  const dices = facts.flatMap((each) => diceOf(each) ?? []);
  const areas = facts.flatMap(({ pixelsA, pixelsB }) => areaChange(pixelsA, pixelsB) ?? []);
  return {
    total: pairs.length,
    measured: pairs.filter(({ measured }) => measured).length,
    dice: dices.length === 0 ? null : mean(dices),
    areaChange: areas.length === 0 ? null : mean(areas),
  };
}
