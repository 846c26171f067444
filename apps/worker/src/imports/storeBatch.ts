/** @file A batch of prepared items into the database, in one transaction: blobs, items, annotations. */
import type { ItemHash } from "@tessera/domain/duplicates/rule";
import type { ReaderKind } from "@tessera/domain/labels/request";
import { folds } from "@tessera/domain/words";
import { type Annotation, annotationsByItems, insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import type { TeamSql } from "@tessera/store/database";
import { insertImportedBags } from "@tessera/store/importedBags";
import { type ImportProblem, importsByIds } from "@tessera/store/imports";
import { insertItemHashes } from "@tessera/store/itemHashes";
import { type ItemKind, insertItems, itemsBySha, type NewItem } from "@tessera/store/items";
import { ensureSchema, type SchemaKind } from "@tessera/store/labelSchemas";
import { insertSlides } from "@tessera/store/slides";
import { insertTileLabels } from "@tessera/store/tileLabels";
import type { ImportContext } from "./importContext.ts";
import type { ClassLabel, ImportSource, MaskLabel, PreparedItem, PublishedLists } from "./importSource.ts";

export type HashedItem = PreparedItem & { readonly itemHash: ItemHash | null };

export interface Stored {
  /** Items that this import added, in this attempt or one before. */
  readonly added: number;
  readonly duplicates: number;
  readonly clashes: readonly ImportProblem[];
  /** The duplicates by name, each with the item that has the same file. */
  readonly repeated: readonly ImportProblem[];
}

export function storeBatch(
  context: ImportContext,
  prepared: readonly HashedItem[],
  { schema, lists }: Pick<ImportSource, "schema" | "lists">,
): Promise<Stored> {
  const { database, teamId, claimed } = context;
  return database.asTeam(teamId, async (sql) => {
    for (const { kind, thumbnail, label, image, imported } of prepared) {
      await putBlob(sql, teamId, { ...thumbnail, mediaType: "image/jpeg" });
      if (isMask(label)) await putBlob(sql, teamId, { ...label.mask, mediaType: "image/png" });
      const mediaType = kind === undefined ? "image/png" : mediaTypes[kind];
      if (image !== null) await putBlob(sql, teamId, { ...image, mediaType });
      const manifest = imported?.places?.manifest;
      if (manifest !== undefined) await putBlob(sql, teamId, { ...manifest, mediaType: "application/json" });
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
    await insertItemHashes(
      sql,
      teamId,
      own.flatMap(({ item, itemHash }) => (itemHash === null ? [] : [{ itemId: item.id, ...itemHash }])),
    );
    await insertSlides(
      sql,
      teamId,
      own.flatMap(({ item, slide }) => (slide ? [{ itemId: item.id, ...slide }] : [])),
    );
    const bags = own.flatMap(({ item, imported }) => (imported ? [{ itemId: item.id, ...imported }] : []));
    await insertImportedBags(sql, teamId, {
      sources: bags.map(({ itemId, source }) => ({ itemId, ...source })),
      places: bags.flatMap(({ itemId, places }) =>
        places === null ? [] : [{ itemId, slideItemId: places.slideItemId, sha256: places.manifest.sha256 }],
      ),
    });
    const labelled = own.flatMap(({ item, tileLabels }) => (tileLabels ? [{ itemId: item.id, ...tileLabels }] : []));
    for (const { sha256, size } of labelled) await putBlob(sql, teamId, { sha256, size, mediaType: mediaTypes.bag });
    await insertTileLabels(sql, teamId, labelled);
    if (schema !== null) await annotate(sql, context, own, schema, started!.readerKind);
    const added = own.filter(({ item }) => item.createdAt >= started!.createdAt).length;
    const clashes = prepared.filter(({ name }) => clashing.has(name));
    return {
      added,
      duplicates: prepared.length - added - clashes.length,
      repeated: prepared.flatMap((each, index) => {
        const item = items[index];
        return item && item.name !== each.name ? [repeatOf(each, item.name, lists)] : [];
      }),
      clashes: clashes.map(({ name, path }) => ({
        path,
        code: "NAME_TAKEN",
        message: `The dataset has another file of the name ${name}; rename one, with its mask`,
      })),
    };
  });
}

const mediaTypes: Readonly<Record<ItemKind, string>> = {
  image: "image/png",
  bag: "application/x-npy",
  slide: "application/octet-stream",
};

const isMask = (label: PreparedItem["label"]): label is MaskLabel => label !== null && "mask" in label;

/** A slice or a row has no path of its own: its name stands for it. */
function repeatOf({ name, path, image }: PreparedItem, kept: string, lists: PublishedLists | null): ImportProblem {
  const [fold, keptFold] = [foldIn(lists, name), foldIn(lists, kept)];
  const across = fold !== null && keptFold !== null && fold !== keptFold;
  const where = across ? ` It would have been in ${fold} and in ${keptFold}.` : "";
  return {
    path: image === null ? path : name,
    code: across ? "DUPLICATE_ACROSS_FOLDS" : "DUPLICATE",
    message: `${name} has the same picture as ${kept}, which is kept; this one is not added.${where}`,
  };
}

const foldIn = (lists: PublishedLists | null, name: string) =>
  lists === null ? null : (folds.find((fold) => lists[fold]?.includes(name)) ?? null);

function newItem(datasetId: string, item: PreparedItem): NewItem {
  const { kind = "image", name, sha256, width, height, thumbnail, subject, site = null, spacing } = item;
  return {
    datasetId,
    kind,
    name,
    sha256,
    thumbnailSha256: thumbnail.sha256,
    width,
    height,
    subject: subject ?? name,
    subjectKnown: subject !== null,
    site,
    spacingMm: spacing?.x ?? null,
    spacingYMm: spacing === null || spacing.y === spacing.x ? null : spacing.y,
  };
}

/** Adds the opinions that are new: another mask or other classes, or another reader. */
async function annotate(
  sql: TeamSql,
  { teamId, claimed }: ImportContext,
  prepared: readonly (PreparedItem & { readonly item: { readonly id: string } })[],
  kind: SchemaKind,
  readerKind: ReaderKind,
): Promise<void> {
  const schema = await ensureSchema(sql, teamId, { datasetId: claimed.datasetId, ...kind });
  const known = await annotationsByItems(
    sql,
    teamId,
    prepared.map(({ item }) => item.id),
  );
  const rows = prepared.flatMap(({ item, label, opinions = [] }, index) => {
    const own = label === null ? [] : [{ reader: claimed.reader, readerKind, label }];
    return [...own, ...opinions].flatMap(({ label, ...reader }) => {
      const ofReader = known[index]!.filter((each) => each.reader === reader.reader && each.madeBy === null);
      const same = ofReader.findLast((each) => each.schemaId === schema.id);
      if (same && isSame(same, label)) return [];
      return [{ itemId: item.id, schemaId: schema.id, ...reader, ...columnsOf(label) }];
    });
  });
  await insertAnnotations(sql, teamId, rows);
}

const isSame = ({ maskSha256, classValues }: Annotation, label: MaskLabel | ClassLabel): boolean =>
  isMask(label) ? maskSha256 === label.mask.sha256 : JSON.stringify(classValues) === JSON.stringify(label.classValues);

function columnsOf(label: MaskLabel | ClassLabel) {
  if (!isMask(label)) {
    return { maskSha256: null, classValues: label.classValues, regionPixels: [], components: [], boxes: null };
  }
  const { mask, regionPixels, components, boxes } = label;
  return { maskSha256: mask.sha256, classValues: null, regionPixels, components, boxes };
}
