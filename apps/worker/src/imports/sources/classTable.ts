/** @file Whole images beside a CSV table of their classes, subjects, sites and folds. */
import { DomainError } from "@tessera/domain/errors";
import { parseClassNames } from "@tessera/domain/import/classNames";
import { parseClassTable } from "@tessera/domain/import/classTable";
import { fileOfItem, findClassTable } from "@tessera/domain/import/classTableLayout";
import { publishedFolds } from "@tessera/domain/import/folds";
import { withoutEnding } from "@tessera/domain/import/paths";
import type { ImportProblem } from "@tessera/store/imports";
import type { ImportContext } from "../importContext.ts";
import { classesOf, decoders, type ImportSource } from "../importSource.ts";
import { shasOf } from "../readFile.ts";
import { needText } from "../textFiles.ts";
import { wholeImage } from "../wholeImage.ts";

/** @throws DomainError BAD_INPUT where there is no table, or it cannot be read */
export async function classTableSource(context: ImportContext): Promise<ImportSource> {
  const layout = findClassTable(context.claimed.files.map(({ path }) => path), "images"); // biome-ignore format: short
  const shaOf = shasOf(context);
  const { classesPath, tablePath, files } = layout;
  if (tablePath === undefined)
    throw new DomainError("BAD_INPUT", "There is no CSV table of classes in the folder; add it");
  const listed = classesPath === undefined ? null : await needText(context, shaOf, classesPath, parseClassNames);
  const table = await needText(context, shaOf, tablePath, (text) => parseClassTable(text, listed));
  const problems: ImportProblem[] = [...layout.problems];
  const used = new Set<string>();
  const images = table.rows.flatMap(({ item, line, values, ...row }) => {
    const path = fileOfItem(files, item, "images");
    const problem = (code: string, message: string) => problems.push({ path: path ?? item, code, message });
    if (path !== null) used.add(path);
    if (path === null)
      problem("MISSING_FILE", `The table, line ${line}, names this image, and the folder has none, or several, of this name; add it`); // biome-ignore format: a sentence
    else if (values === null)
      problem("NO_CLASS", `The table, line ${line}, says of no class whether the image has it; fill it in`); // biome-ignore format: a sentence
    else return [{ ...row, name: withoutEnding(item), path, label: { classValues: values } }];
    return [];
  });
  for (const path of files.paths) {
    if (!used.has(path)) problems.push({ path, code: "UNUSED_FILE", message: "The table does not list this image" });
  }
  const lists = publishedFolds(images);
  return {
    schema: classesOf(table.classes, table.exclusive),
    meaning: table.exclusive
      ? `an image's class is that of its line in ${tablePath}`
      : `an image's classes are the columns of ${tablePath}: 1 present, 0 absent, empty not known`,
    units: images.map(({ fold: _, ...image }) => ({
      items: 1,
      prepare: async (imaging) => [await wholeImage(context, imaging, { ...image, sha256: shaOf.get(image.path)! })],
    })),
    parallel: 2 * decoders,
    problems,
    lists: lists && { ...lists, path: tablePath },
    unitName: "images",
    missing: "the table lists no image that is there",
  };
}
