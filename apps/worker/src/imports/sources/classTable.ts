/** @file Whole images, or DICOM films, beside a CSV table of their classes, subjects, sites and folds. */
import { DomainError } from "@tessera/domain/errors";
import { parseClassNames } from "@tessera/domain/import/classNames";
import { type ClassTable, parseClassTable, type TableRow } from "@tessera/domain/import/classTable";
import { fileOfItem, findClassTable, type TableKind } from "@tessera/domain/import/classTableLayout";
import { publishedFolds } from "@tessera/domain/import/folds";
import { withoutEnding } from "@tessera/domain/import/paths";
import type { Imaging } from "@tessera/imaging/client";
import type { ImportProblem } from "@tessera/store/imports";
import { film } from "../film.ts";
import type { ImportContext } from "../importContext.ts";
import { classesOf, decoders, type ImportSource, type PreparedItem } from "../importSource.ts";
import { shasOf } from "../readFile.ts";
import { needText } from "../textFiles.ts";
import { type KnownImage, wholeImage } from "../wholeImage.ts";

type Prepare = (context: ImportContext, imaging: Imaging, known: KnownImage) => Promise<PreparedItem>;

/** @throws DomainError BAD_INPUT where there is no table, or it cannot be read */
export const classTableSource = (context: ImportContext) => source(context, "images", wholeImage);

/** Without a table, films become items without labels. @throws DomainError BAD_INPUT where the table cannot be read */
export const filmSource = (context: ImportContext) => source(context, "films", film);

async function source(context: ImportContext, kind: TableKind, prepare: Prepare): Promise<ImportSource> {
  const layout = findClassTable(context.claimed.files.map(({ path }) => path), kind); // biome-ignore format: short
  const shaOf = shasOf(context);
  const { classesPath, tablePath, files } = layout;
  if (tablePath === undefined && kind === "images") {
    throw new DomainError("BAD_INPUT", "There is no CSV table of classes in the folder; add it");
  }
  const listed = classesPath === undefined ? null : await needText(context, shaOf, classesPath, parseClassNames);
  const table =
    tablePath === undefined ? null : await needText(context, shaOf, tablePath, (text) => parseClassTable(text, listed));
  const problems: ImportProblem[] = [...layout.problems];
  const used = new Set<string>();
  const rows = table?.rows ?? files.paths.map(unlabelled);
  const images = rows.flatMap(({ item, line, values, ...row }) => {
    const path = fileOfItem(files, item, kind);
    const problem = (code: string, message: string) => problems.push({ path: path ?? item, code, message });
    if (path !== null) used.add(path);
    if (path === null)
      problem("MISSING_FILE", `The table, line ${line}, names this image, and the folder has none, or several, of this name; add it`); // biome-ignore format: a sentence
    else if (table && values === null)
      problem("NO_CLASS", `The table, line ${line}, says of no class whether the image has it; fill it in`); // biome-ignore format: a sentence
    else return [{ ...row, name: withoutEnding(item), path, label: values && { classValues: values } }];
    return [];
  });
  for (const path of files.paths) {
    if (!used.has(path)) problems.push({ path, code: "UNUSED_FILE", message: "The table does not list this image" });
  }
  const lists = publishedFolds(images);
  return {
    schema: table && classesOf(table.classes, table.exclusive),
    meaning: table === null ? "no labels" : meaningOf(table, tablePath!),
    units: images.map(({ fold: _, ...image }) => ({
      items: 1,
      prepare: async (imaging) => [await prepare(context, imaging, { ...image, sha256: shaOf.get(image.path)! })],
    })),
    parallel: 2 * decoders,
    problems,
    lists: lists && { ...lists, path: tablePath! },
    unitName: kind,
    missing: table === null ? "there is no .dcm file" : `the table lists none of the ${kind} that are there`,
  };
}

const unlabelled = (path: string): TableRow => ({
  item: path,
  line: 0,
  subject: null,
  site: null,
  fold: null,
  values: null,
});

const meaningOf = ({ exclusive }: ClassTable, path: string) =>
  exclusive
    ? `an image's class is that of its line in ${path}`
    : `an image's classes are the columns of ${path}: 1 present, 0 absent, empty not known`;
