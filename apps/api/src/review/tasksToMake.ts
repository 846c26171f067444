/** @file From the input of createReviewTasks to the items that it means. */
import { DomainError } from "@tessera/domain/errors";
import { mostTasks } from "@tessera/domain/review/words";
import type { TeamSql } from "@tessera/store/database";
import type { LabelSchema } from "@tessera/store/labelSchemas";
import { itemsToRead } from "@tessera/store/reviewProgress";
import type { TaskItem } from "@tessera/store/reviewTasks";
import { assembleDisagreements } from "../labelVersions/assembleAgreement.ts";
import type { CreateReviewTasksInput } from "./createReviewTasks.input.ts";

/** @throws DomainError BAD_INPUT where the list and `which` do not fit, or the limit is none */
export async function tasksToMake(
  sql: TeamSql,
  teamId: string,
  schema: LabelSchema,
  { which, items, limit }: CreateReviewTasksInput,
): Promise<readonly TaskItem[]> {
  if (limit !== undefined && limit !== null && (limit < 1 || limit > mostTasks)) {
    throw bad("limit", `expected 1 to ${mostTasks}, got ${limit}`);
  }
  const most = limit ?? mostTasks;
  if ((which === "given") !== (items !== undefined && items !== null)) {
    throw bad("items", which === "given" ? "expected a list of items for GIVEN" : "expected none; they are for GIVEN");
  }
  if (which === "given") return byPriority(items!).slice(0, most);
  if (which === "disagreements") {
    const ranked = await assembleDisagreements(sql, teamId, { schema, readers: null });
    return ranked.slice(0, most).map(({ itemId, share }) => ({
      itemId,
      priority: share,
      note: schema.task === "segmentation" ? `mean Dice ${(1 - share).toFixed(2)}` : `${Math.round(share * 100)} % of the pairs of opinions differ`, // biome-ignore format: one line
    }));
  }
  const ids = await itemsToRead(sql, teamId, { datasetId: schema.datasetId, schemaId: schema.id, which, most });
  return ids.map((itemId) => ({ itemId, priority: 0, note: "" }));
}

const byPriority = (items: readonly TaskItem[]) =>
  items
    .map(({ itemId, priority, note }) => ({ itemId, priority, note: note.slice(0, 500) }))
    .toSorted((a, b) => b.priority - a.priority);

const bad = (field: string, message: string) => new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
