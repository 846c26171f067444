/** @file A batch of prepared pairs into the database, in one transaction: blobs, items, annotations. */
import type { SourceBox } from "@tessera/domain/import/kvasirFiles";
import type { KvasirPair } from "@tessera/domain/import/kvasirLayout";
import { annotationsByItems, insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import type { TeamSql } from "@tessera/store/database";
import { type ImportProblem, importsByIds } from "@tessera/store/imports";
import { insertItems, itemsBySha, type NewItem } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import type { ImportContext } from "./importContext.ts";

/** What Kvasir-SEG's masks and boxes mark. */
export const kvasirClasses = ["polyp"] as const;

interface StoredBlob {
  readonly sha256: string;
  readonly size: number;
}

export interface PreparedPair {
  readonly pair: KvasirPair;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly thumbnail: StoredBlob;
  readonly mask: StoredBlob;
  readonly regionPixels: number;
  readonly components: number;
}

export interface Beside {
  readonly boxes: ReadonlyMap<string, readonly SourceBox[]>;
  readonly subjects: ReadonlyMap<string, string>;
}

export interface Stored {
  /** Items that this import added, in this attempt or one before. */
  readonly added: number;
  readonly duplicates: number;
  readonly clashes: readonly ImportProblem[];
}

export function storeBatch(context: ImportContext, prepared: readonly PreparedPair[], beside: Beside): Promise<Stored> {
  const { database, teamId, claimed } = context;
  return database.asTeam(teamId, async (sql) => {
    for (const { thumbnail, mask } of prepared) {
      await putBlob(sql, teamId, { ...thumbnail, mediaType: "image/jpeg" });
      await putBlob(sql, teamId, { ...mask, mediaType: "image/png" });
    }
    const rows = prepared.map((each) => newItem(claimed.datasetId, each, beside));
    const { nameClashes } = await insertItems(sql, teamId, rows);
    const clashing = new Set(nameClashes);
    const shas = prepared.map(({ sha256 }) => sha256);
    const items = await itemsBySha(sql, teamId, claimed.datasetId, shas);
    const [started] = await importsByIds(sql, teamId, [claimed.id]);

    // The same file under another name is a duplicate through and through: its mask is not looked at.
    const own = prepared.flatMap((each, index) => {
      const item = items[index];
      return item && item.name === each.pair.name ? [{ ...each, item }] : [];
    });
    await annotate(sql, context, own, beside);
    const added = own.filter(({ item }) => item.createdAt >= started!.createdAt).length;
    const clashes = prepared.filter(({ pair }) => clashing.has(pair.name));
    return {
      added,
      duplicates: prepared.length - added - clashes.length,
      clashes: clashes.map(({ pair }) => ({
        path: pair.imagePath,
        code: "NAME_TAKEN",
        message: `The dataset has another file of the name ${pair.name}; rename one, with its mask`,
      })),
    };
  });
}

function newItem(datasetId: string, { pair, sha256, width, height, thumbnail }: PreparedPair, beside: Beside): NewItem {
  const subject = beside.subjects.get(pair.name);
  return {
    datasetId,
    name: pair.name,
    sha256,
    thumbnailSha256: thumbnail.sha256,
    width,
    height,
    subject: subject ?? pair.name,
    subjectKnown: subject !== undefined,
    site: null,
    spacingMm: null,
  };
}

/** Adds the opinions that are new: another mask, or another reader. */
async function annotate(
  sql: TeamSql,
  { teamId, claimed }: ImportContext,
  pairs: readonly (PreparedPair & { readonly item: { readonly id: string } })[],
  { boxes }: Beside,
): Promise<void> {
  const { datasetId, reader } = claimed;
  const schema = await ensureSchema(sql, teamId, { datasetId, task: "segmentation", classes: kvasirClasses });
  const known = await annotationsByItems(
    sql,
    teamId,
    pairs.map(({ item }) => item.id),
  );
  const rows = pairs.flatMap(({ item, pair, mask, regionPixels, components }, index) => {
    const same = known[index]!.findLast((each) => each.reader === reader && each.schemaId === schema.id);
    if (same?.maskSha256 === mask.sha256) return [];
    return [
      {
        itemId: item.id,
        schemaId: schema.id,
        reader,
        maskSha256: mask.sha256,
        regionPixels: [regionPixels],
        components: [components],
        boxes: boxes.get(pair.name) ?? null,
      },
    ];
  });
  await insertAnnotations(sql, teamId, rows);
}
