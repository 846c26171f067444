/**
 * @file The files of an import into a dataset: items, one annotation each, and at the end a label version and a split.
 *
 * May be killed anywhere and begun again: an item is known by its file's hash, an annotation by reader and mask (or values), and
 * what is frozen already is not frozen twice. Of equal files the first in the source's order becomes an item; the others are told of.
 */
import { hashedSide } from "@tessera/domain/duplicates/rule";
import { DomainError } from "@tessera/domain/errors";
import type { ImportLayout } from "@tessera/domain/import/layouts";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import type { ImportProblem } from "@tessera/store/imports";
import { type Frozen, freezeImported } from "./freezeImported.ts";
import type { Counts, ImportContext } from "./importContext.ts";
import { FileProblem } from "./importProblem.ts";
import { decoders, type ImportSource, type ImportUnit, type PreparedItem } from "./importSource.ts";
import { openSource } from "./openSource.ts";
import { type HashedItem, type Stored, storeBatch } from "./storeBatch.ts";

/** Items stored at once; a unit of more is one batch. */
const batchSize = 50;
/** A volume, or a file of arrays, takes longer than an image. */
const slow: ReadonlySet<ImportLayout> = new Set(["nifti", "npz"]);
const limitMs = 300_000;

/** @throws DomainError BAD_INPUT where not one unit could be taken in */
export async function importFiles(context: ImportContext): Promise<Frozen> {
  const imaging = openImaging({ processes: decoders, ...(slow.has(context.claimed.layout) && { limitMs }) });
  let source: ImportSource | undefined;
  try {
    source = await openSource(context, imaging);
    const counts = await takeIn(context, imaging, source);
    const { problems, ...frozen } = await freezeImported(context, source);
    if (problems.length > 0) await context.report(counts, problems);
    return frozen;
  } finally {
    await source?.close?.();
    await imaging.close();
  }
}

async function takeIn(context: ImportContext, imaging: Imaging, source: ImportSource): Promise<Counts> {
  // A file that has no part in the layout is told of; it was never meant to be an item.
  const wanted = source.problems.filter(({ code }) => code !== "UNUSED_FILE" && code !== "BAD_LIST");
  let counts: Counts = { total: itemsIn(source.units), done: 0, added: 0, duplicates: 0, refused: wanted.length };
  await context.report(counts, source.problems);
  for (const batch of batches(source.units)) {
    const { prepared, refused } = await prepareAll(context, imaging, batch, source.parallel);
    const stored = await storeBatch(context, prepared, source);
    const now = [...refused, ...stored.clashes];
    counts = add(counts, itemsIn(batch), stored, now.length);
    const warnings = prepared.flatMap(({ warning }) => warning ?? []);
    await context.report(counts, [...now, ...warnings, ...stored.repeated]);
  }
  if (counts.added + counts.duplicates > 0) return counts;
  const why = counts.refused === 0 ? source.missing : "see the list of refused files";
  throw new DomainError("BAD_INPUT", `Not one of ${source.units.length} ${source.unitName} could be taken in: ${why}`);
}

const itemsIn = (units: readonly ImportUnit[]) => units.reduce((sum, { items }) => sum + items, 0);

function* batches(units: readonly ImportUnit[]): Generator<ImportUnit[]> {
  let batch: ImportUnit[] = [];
  for (const unit of units) {
    if (batch.length > 0 && itemsIn(batch) + unit.items > batchSize) {
      yield batch;
      batch = [];
    }
    batch.push(unit);
  }
  if (batch.length > 0) yield batch;
}

const add = (counts: Counts, done: number, { added, duplicates }: Stored, refused: number): Counts => ({
  total: counts.total,
  done: counts.done + done,
  added: counts.added + added,
  duplicates: counts.duplicates + duplicates,
  refused: counts.refused + refused,
});

async function prepareAll(
  context: ImportContext,
  imaging: Imaging,
  units: readonly ImportUnit[],
  parallel: number,
): Promise<{ prepared: HashedItem[]; refused: ImportProblem[] }> {
  const prepared: (readonly HashedItem[])[] = units.map(() => []);
  const refused: ImportProblem[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < units.length; index = next++) {
      try {
        prepared[index] = await withHashes(context, imaging, await units[index]!.prepare(imaging));
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        refused.push({ path: error.path, code: error.code, message: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { prepared: prepared.flat(), refused }; // decoders finish in any order, items are added in that of the units
}

/** Of the same picture as the later job for older items takes; a bag of tiles or a slide has none. */
const withHashes = (
  { objects, teamId }: ImportContext,
  imaging: Imaging,
  items: readonly PreparedItem[],
): Promise<HashedItem[]> =>
  Promise.all(
    items.map(async (item) => {
      if (item.kind === "bag" || item.kind === "slide") return { ...item, itemHash: null };
      const small = Math.max(item.width, item.height) <= hashedSide;
      const bytes = await objects.read(teamId, small ? item.sha256 : item.thumbnail.sha256);
      return { ...item, itemHash: await imaging.hashPicture(bytes) };
    }),
  );
