/** @file A batch of prepared items into the database, in one transaction: blobs, items, annotations. */
import { annotationsByItems, insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import type { TeamSql } from "@tessera/store/database";
import { type ImportProblem, importsByIds } from "@tessera/store/imports";
import { insertItems, itemsBySha, type NewItem } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import type { ImportContext } from "./importContext.ts";
import type { PreparedItem } from "./importSource.ts";

export interface Stored {
  /** Items that this import added, in this attempt or one before. */
  readonly added: number;
  readonly duplicates: number;
  readonly clashes: readonly ImportProblem[];
}

export function storeBatch(
  context: ImportContext,
  prepared: readonly PreparedItem[],
  classes: readonly string[],
): Promise<Stored> {
  const { database, teamId, claimed } = context;
  return database.asTeam(teamId, async (sql) => {
    for (const { thumbnail, mask, image } of prepared) {
      await putBlob(sql, teamId, { ...thumbnail, mediaType: "image/jpeg" });
      await putBlob(sql, teamId, { ...mask, mediaType: "image/png" });
      if (image !== null) await putBlob(sql, teamId, { ...image, mediaType: "image/png" });
    }
    const rows = prepared.map((each) => newItem(claimed.datasetId, each));
    const { nameClashes } = await insertItems(sql, teamId, rows);
    const clashing = new Set(nameClashes);
    const shas = prepared.map(({ sha256 }) => sha256);
    const items = await itemsBySha(sql, teamId, claimed.datasetId, shas);
    const [started] = await importsByIds(sql, teamId, [claimed.id]);

    // The same file under another name is a duplicate through and through: its mask is not looked at.
    const own = prepared.flatMap((each, index) => {
      const item = items[index];
      return item && item.name === each.name ? [{ ...each, item }] : [];
    });
    await annotate(sql, context, own, classes);
    const added = own.filter(({ item }) => item.createdAt >= started!.createdAt).length;
    const clashes = prepared.filter(({ name }) => clashing.has(name));
    return {
      added,
      duplicates: prepared.length - added - clashes.length,
      clashes: clashes.map(({ name, path }) => ({
        path,
        code: "NAME_TAKEN",
        message: `The dataset has another file of the name ${name}; rename one, with its mask`,
      })),
    };
  });
}

function newItem(datasetId: string, item: PreparedItem): NewItem {
  const { name, sha256, width, height, thumbnail, subject, spacing } = item;
  return {
    datasetId,
    name,
    sha256,
    thumbnailSha256: thumbnail.sha256,
    width,
    height,
    subject: subject ?? name,
    subjectKnown: subject !== null,
    site: null,
    spacingMm: spacing?.x ?? null,
    spacingYMm: spacing === null || spacing.y === spacing.x ? null : spacing.y,
  };
}

/** Adds the opinions that are new: another mask, or another reader. */
async function annotate(
  sql: TeamSql,
  { teamId, claimed }: ImportContext,
  prepared: readonly (PreparedItem & { readonly item: { readonly id: string } })[],
  classes: readonly string[],
): Promise<void> {
  const { datasetId, reader } = claimed;
  const schema = await ensureSchema(sql, teamId, { datasetId, task: "segmentation", classes });
  const known = await annotationsByItems(
    sql,
    teamId,
    prepared.map(({ item }) => item.id),
  );
  const rows = prepared.flatMap(({ item, mask, regionPixels, components, boxes }, index) => {
    const same = known[index]!.findLast((each) => each.reader === reader && each.schemaId === schema.id);
    if (same?.maskSha256 === mask.sha256) return [];
    return [
      {
        itemId: item.id,
        schemaId: schema.id,
        reader,
        maskSha256: mask.sha256,
        regionPixels,
        components,
        boxes,
      },
    ];
  });
  await insertAnnotations(sql, teamId, rows);
}
