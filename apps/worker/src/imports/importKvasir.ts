/**
 * @file A Kvasir-SEG folder into a dataset: items, one annotation each, and at the end a label version and a split.
 *
 * May be killed anywhere and begun again: an item is known by its file's hash, an annotation by reader and mask, and what is
 * frozen already is not frozen twice.
 */
import { DomainError } from "@tessera/domain/errors";
import { parseBoxes, parseNameList, parseSubjects } from "@tessera/domain/import/kvasirFiles";
import { type KvasirLayout, type KvasirPair, pairKvasir } from "@tessera/domain/import/kvasirLayout";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import type { ImportProblem } from "@tessera/store/imports";
import { type Frozen, freezeImported, type PublishedLists } from "./freezeImported.ts";
import type { Counts, ImportContext } from "./importContext.ts";
import { FileProblem, toFileProblem } from "./importProblem.ts";
import { readPair } from "./readPair.ts";
import { type PreparedPair, type Stored, storeBatch } from "./storeBatch.ts";
import { readText } from "./textFiles.ts";

const batchSize = 50;
const decoders = 2;

/** @throws DomainError BAD_INPUT where not one pair could be taken in */
export async function importKvasir(context: ImportContext): Promise<Frozen> {
  const { claimed, report } = context;
  const layout = pairKvasir(claimed.files.map(({ path }) => path));
  const shaOf = new Map(claimed.files.map(({ path, sha256 }) => [path, sha256]));
  const boxes = await readText(context, shaOf, layout.boxesPath, parseBoxes);
  const subjects = await readText(context, shaOf, layout.subjectsPath, parseSubjects);

  const lists = await readLists(context, layout, shaOf);
  const problems = [...layout.problems, ...boxes.problem, ...subjects.problem, ...lists.problems];
  // A file that has no part in the layout is told of; it was never meant to be an item.
  let counts: Counts = {
    total: layout.pairs.length,
    done: 0,
    added: 0,
    duplicates: 0,
    refused: layout.problems.filter(({ code }) => code !== "UNUSED_FILE").length,
  };
  await report(counts, problems);
  const imaging = openImaging({ processes: decoders });
  try {
    for (let start = 0; start < layout.pairs.length; start += batchSize) {
      const pairs = layout.pairs.slice(start, start + batchSize);
      const { prepared, refused } = await preparePairs(context, imaging, pairs, shaOf);
      const stored = await storeBatch(context, prepared, {
        boxes: boxes.value ?? new Map(),
        subjects: subjects.value ?? new Map(),
      });
      const now = [...refused, ...stored.clashes];
      counts = add(counts, pairs.length, stored, now.length);
      await report(counts, now);
    }
  } finally {
    await imaging.close();
  }
  if (counts.added + counts.duplicates === 0) {
    const why =
      counts.refused === 0
        ? "there is no images folder with a masks folder beside it"
        : "see the list of refused files";
    throw new DomainError("BAD_INPUT", `Not one of ${counts.total} image and mask pairs could be taken in: ${why}`);
  }
  const { problems: late, ...frozen } = await freezeImported(context, lists.lists);
  if (late.length > 0) await report(counts, late);
  return frozen;
}

const add = (counts: Counts, done: number, { added, duplicates }: Stored, refused: number): Counts => ({
  total: counts.total,
  done: counts.done + done,
  added: counts.added + added,
  duplicates: counts.duplicates + duplicates,
  refused: counts.refused + refused,
});

async function preparePairs(
  { objects, teamId }: ImportContext,
  imaging: Imaging,
  pairs: readonly KvasirPair[],
  shaOf: ReadonlyMap<string, string>,
): Promise<{ prepared: PreparedPair[]; refused: ImportProblem[] }> {
  const prepared: PreparedPair[] = [];
  const refused: ImportProblem[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < pairs.length; index = next++) {
      const pair = pairs[index]!;
      try {
        const read = (path: string) => readFile(objects, teamId, path, shaOf.get(path)!);
        const bytes = { image: await read(pair.imagePath), mask: await read(pair.maskPath) };
        const { image, mask } = await readPair(imaging, pair, bytes);
        const [thumbnail, png] = await Promise.all([
          objects.put(teamId, image.thumbnail),
          objects.put(teamId, mask.png),
        ]);
        const { width, height } = image;
        const { regionPixels, components } = mask;
        prepared.push({
          pair,
          sha256: shaOf.get(pair.imagePath)!,
          width,
          height,
          thumbnail,
          mask: png,
          regionPixels,
          components,
        });
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        refused.push({ path: error.path, code: error.code, message: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: 2 * decoders }, work)); // twice: one reads while the other decodes
  prepared.sort((a, b) => (a.pair.name < b.pair.name ? -1 : 1)); // decoders finish in any order, items are added in one
  return { prepared, refused };
}

async function readFile(objects: Objects, teamId: string, path: string, sha256: string): Promise<Buffer> {
  try {
    return await objects.read(teamId, sha256);
  } catch (error) {
    throw toFileProblem(path, error);
  }
}

async function readLists(
  context: ImportContext,
  { splitLists }: KvasirLayout,
  shaOf: ReadonlyMap<string, string>,
): Promise<{ lists: PublishedLists | null; problems: ImportProblem[] }> {
  if (!splitLists) return { lists: null, problems: [] };
  const read = (path: string | undefined) => readText(context, shaOf, path, parseNameList);
  const [train, test, validation] = [
    await read(splitLists.train),
    await read(splitLists.test),
    await read(splitLists.validation),
  ];
  const problems = [...train.problem, ...test.problem, ...validation.problem];
  if (problems.length > 0 || train.value === undefined || test.value === undefined) return { lists: null, problems };
  const lists = { train: train.value, test: test.value, ...(validation.value && { validation: validation.value }) };
  return { lists: { ...lists, path: splitLists.train }, problems };
}
