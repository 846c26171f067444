/** @file Whole images, DICOM films, slides or files of features, beside a CSV table of their classes, subjects, sites and folds. */
import { DomainError } from "@tessera/domain/errors";
import { parseClassNames } from "@tessera/domain/import/classNames";
import { type ClassTable, parseClassTable, type TableRow } from "@tessera/domain/import/classTable";
import {
  type ClassTableLayout,
  fileOfItem,
  findClassTable,
  type TableKind,
} from "@tessera/domain/import/classTableLayout";
import { publishedFolds } from "@tessera/domain/import/folds";
import { withoutEnding } from "@tessera/domain/import/paths";
import type { Imaging } from "@tessera/imaging/client";
import { openSlides } from "@tessera/imaging/slides/client";
import { blobsBySha } from "@tessera/store/blobs";
import type { ImportProblem } from "@tessera/store/imports";
import { itemsByNames } from "@tessera/store/items";
import { film } from "../film.ts";
import type { ImportContext } from "../importContext.ts";
import { classesOf, decoders, type ImportSource, type PreparedItem } from "../importSource.ts";
import { shasOf } from "../readFile.ts";
import { slideItem } from "../slideItem.ts";
import { needText } from "../textFiles.ts";
import { type KnownImage, wholeImage } from "../wholeImage.ts";

type Prepare = (context: ImportContext, imaging: Imaging, known: KnownImage) => Promise<PreparedItem>;

/** @throws DomainError BAD_INPUT where there is no table, or it cannot be read */
export const classTableSource = (context: ImportContext) => tableSource(context, "images", wholeImage);

/** Without a table, films become items without labels. @throws DomainError BAD_INPUT where the table cannot be read */
export const filmSource = (context: ImportContext) => tableSource(context, "films", film);

/** Without a table, slides become items without labels. @throws DomainError BAD_INPUT where the table cannot be read */
export async function slideSource(context: ImportContext): Promise<ImportSource> {
  const slides = openSlides({ processes: decoders });
  const made = await tableSource(context, "slides", (given, _imaging, known) => slideItem(given, slides, known));
  return { ...made, close: slides.close };
}

/** @throws DomainError BAD_INPUT where there is no table of images, or it cannot be read */
export async function tableSource(
  context: ImportContext,
  kind: TableKind,
  prepare: Prepare,
  layout: ClassTableLayout = findClassTable(context.claimed.files.map(({ path }) => path), kind), // biome-ignore format: short
): Promise<ImportSource> {
  const shaOf = shasOf(context);
  const { classesPath, tablePath, files } = layout;
  if (tablePath === undefined && kind === "images") {
    throw new DomainError("BAD_INPUT", "There is no CSV table of classes in the folder; add it");
  }
  const listed = classesPath === undefined ? null : await needText(context, shaOf, classesPath, parseClassNames);
  const table =
    tablePath === undefined
      ? null
      : await needText(context, shaOf, tablePath, (text) => parseClassTable(text, listed, kind === "features"));
  const problems: ImportProblem[] = [...layout.problems];
  const used = new Set<string>();
  const rows = table?.rows ?? files.paths.map(unlabelled);
  const listedItems = [...Map.groupBy(rows, ({ item }) => withoutEnding(item)).values()];
  const known = await knownItems(context, listedItems.map(([row]) => row!.item).filter((item) => fileOfItem(files, item, kind) === null)); // biome-ignore format: one line
  const images = listedItems.flatMap((lines) => {
    const { item, line, subject, site, fold, micronsPerPixel, deidentified, slide } = lines[0]!;
    const ofSlide = { ...(micronsPerPixel && { micronsPerPixel }), ...(deidentified && { deidentified }) };
    const path = fileOfItem(files, item, kind);
    const there = known.get(withoutEnding(item)) ?? null;
    const problem = (code: string, message: string) => problems.push({ path: path ?? item, code, message });
    if (path !== null) used.add(path);
    if (path === null && there === null)
      problem("MISSING_FILE", `The table, line ${line}, names this image, and the folder has none, or several, of this name, nor has the dataset; add it`); // biome-ignore format: a sentence
    else if (table && lines.every(({ values }) => values === null))
      problem("NO_CLASS", `The table, line ${line}, says of no class whether the image has it; fill it in`); // biome-ignore format: a sentence
    else
      return [
        {
          subject,
          site,
          fold,
          name: withoutEnding(item),
          path: path ?? item,
          there,
          ...(kind === "slides" && { ofSlide }),
          ...(slide !== undefined && { slideName: slide }),
          ...saidOf(lines),
        },
      ];
    return [];
  });
  for (const path of files.paths) {
    if (!used.has(path)) problems.push({ path, code: "UNUSED_FILE", message: "The table does not list this image" });
  }
  const lists = publishedFolds(images);
  return {
    schema: table && classesOf(table.classes, table.exclusive),
    meaning: table === null ? "no labels" : meaningOf(table, tablePath!),
    readers: table?.readers ?? null,
    units: images.map(({ fold: _, there, ...image }) => ({
      items: 1,
      prepare: async (imaging) => [
        there === null
          ? await prepare(context, imaging, { ...image, sha256: shaOf.get(image.path)! })
          : { ...there, ...saidAgain(image) },
      ],
    })),
    parallel: 2 * decoders,
    problems,
    lists: lists && { ...lists, path: tablePath! },
    unitName: kind,
    missing: table === null ? `there is no file of ${kind}` : `the table lists none of the ${kind} that are there`,
  };
}

/** One label, of the import's own reader; or an opinion of each reader that the table names. */
function saidOf(lines: readonly TableRow[]): Pick<PreparedItem, "label" | "opinions"> {
  const [{ reader, values }] = lines as [TableRow];
  if (reader === null) return { label: values && { classValues: values } };
  return {
    label: null,
    opinions: lines.flatMap(({ reader, readerKind, values }) =>
      values === null ? [] : [{ reader: reader!, readerKind, label: { classValues: values } }],
    ),
  };
}

const saidAgain = ({ label, opinions }: Pick<PreparedItem, "label" | "opinions">) => ({
  label,
  ...(opinions && { opinions }),
});

/** Images that the dataset has and the folder has not: further opinions on them need no second upload. By name. */
async function knownItems(
  { database, teamId, claimed }: ImportContext,
  items: readonly string[],
): Promise<Map<string, Omit<PreparedItem, "label" | "opinions">>> {
  const names = items.map(withoutEnding);
  return database.asTeam(teamId, async (sql) => {
    const rows = (await itemsByNames(sql, teamId, claimed.datasetId, names)).filter((row) => row !== null);
    const thumbnails = await blobsBySha(sql, teamId, rows.map(({ thumbnailSha256 }) => thumbnailSha256)); // biome-ignore format: short
    const found = rows.map((row, at) => ({
      kind: row.kind,
      name: row.name,
      path: row.name,
      sha256: row.sha256,
      image: null,
      width: row.width,
      height: row.height,
      thumbnail: thumbnails[at]!,
      subject: row.subjectKnown ? row.subject : null,
      site: row.site,
      spacing: null,
    }));
    return new Map(found.map((item) => [item.name, item]));
  });
}

const unlabelled = (path: string): TableRow => ({
  item: path,
  line: 0,
  subject: null,
  site: null,
  fold: null,
  reader: null,
  readerKind: "person",
  values: null,
});

const meaningOf = ({ exclusive }: ClassTable, path: string) =>
  exclusive
    ? `an image's class is that of its line in ${path}`
    : `an image's classes are the columns of ${path}: 1 present, 0 absent, empty not known`;
