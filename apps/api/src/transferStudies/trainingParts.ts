/** @file How many items and subjects a run learns from at a fraction: where a subject has several items, that depends on the seed. */
import { subjectOrder, subsetSize } from "@tessera/domain/trainingSubset";
import { itemsByIds } from "@tessera/store/items";
import { schemasByIds } from "@tessera/store/labelSchemas";
import { labelsForItems, labelVersionsByIds } from "@tessera/store/labelVersions";
import { splitItems } from "@tessera/store/splits";
import type { Context } from "../context.ts";

export interface PartSize {
  readonly items: number;
  readonly subjects: number;
}

export interface TrainingParts {
  readonly whole: PartSize;
  sizeOf(part: { readonly seed: number; readonly fraction: number }): PartSize;
}

/** Items are read only where some subject has several. */
export async function trainingParts(
  context: Context,
  { splitId, labelVersionId }: { readonly splitId: string; readonly labelVersionId: string },
): Promise<TrainingParts> {
  const counts = await context.loaders.foldCounts.load(splitId);
  const { train: items, trainSubjects: subjects } = counts ?? { train: 0, trainSubjects: 0 };
  const whole = { items, subjects };
  if (items === subjects) {
    const same = (size: number) => ({ items: size, subjects: size });
    return { whole, sizeOf: ({ fraction }) => same(subsetSize(items, fraction)) };
  }
  const { fold, exclusive } = await foldOf(context, splitId, labelVersionId);
  const sizes = new Map<number, number[]>();
  return {
    whole,
    sizeOf({ seed, fraction }) {
      if (fraction === 1) return whole;
      const ofSubjects = sizes.get(seed) ?? subjectOrder(fold, { seed, exclusive }).map(({ length }) => length);
      sizes.set(seed, ofSubjects);
      const part = ofSubjects.slice(0, subsetSize(ofSubjects.length, fraction));
      return { items: part.reduce((sum, size) => sum + size, 0), subjects: part.length };
    },
  };
}

/** As a worker reads it for a run. */
function foldOf({ asTeam, teamId }: Context, splitId: string, labelVersionId: string) {
  return asTeam(async (sql) => {
    const placed = await splitItems(sql, teamId, splitId, "train");
    const ids = placed.map(({ itemId }) => itemId);
    const [version] = await labelVersionsByIds(sql, teamId, [labelVersionId]);
    const [schema] = await schemasByIds(sql, teamId, [version!.schemaId]);
    const exclusive = schema!.exclusive === true;
    const rows = await itemsByIds(sql, teamId, ids);
    const labels = exclusive ? await labelsForItems(sql, teamId, labelVersionId, ids) : [];
    const fold = placed.map(({ subject }, i) => {
      const classValues = labels[i]?.classValues;
      return { sha256: rows[i]!.sha256, subject, ...(classValues && { classValues }) };
    });
    return { fold, exclusive };
  });
}
