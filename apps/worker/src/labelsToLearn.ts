/**
 * @file The labels of a run's items: those that it learns from and is selected by; of the test fold those that it is scored on,
 * where they are another version's (decision 0038).
 */
import type { Fold } from "@tessera/domain/words";
import type { TeamSql } from "@tessera/store/database";
import { type Label, labelsForItems } from "@tessera/store/labelVersions";
import { runsByIds } from "@tessera/store/runs";

/** One slot per item, in the order given; null where the version that is asked has no label for it. */
export async function labelsOfRun(
  sql: TeamSql,
  teamId: string,
  run: { readonly id: string; readonly labelVersionId: string },
  items: readonly { readonly itemId: string; readonly fold: Fold }[],
): Promise<(Label | null)[]> {
  const ids = items.map(({ itemId }) => itemId);
  const learned = await labelsForItems(sql, teamId, run.labelVersionId, ids);
  const [row] = await runsByIds(sql, teamId, [run.id]);
  const scoredOn = row?.evaluationLabelVersionId ?? null;
  if (scoredOn === null) return learned;
  const scored = await labelsForItems(sql, teamId, scoredOn, ids);
  return items.map(({ fold }, index) => (fold === "test" ? scored : learned)[index] ?? null);
}
