/** @file Whole images in a folder per class, with or without folders of a published split above. */
import { oneClass } from "@tessera/domain/classValues";
import { findClassFolders } from "@tessera/domain/import/classFoldersLayout";
import { orderedClasses, parseClassNames } from "@tessera/domain/import/classNames";
import { publishedFolds } from "@tessera/domain/import/folds";
import { parseSubjects } from "@tessera/domain/import/kvasirFiles";
import { fileOf } from "@tessera/domain/import/paths";
import type { ImportContext } from "../importContext.ts";
import { classesOf, decoders, type ImportSource } from "../importSource.ts";
import { shasOf } from "../readFile.ts";
import { needText, readText } from "../textFiles.ts";
import { wholeImage } from "../wholeImage.ts";

/** @throws DomainError BAD_INPUT for fewer than two classes, or a list of classes that cannot be read or lacks one */
export async function classFoldersSource(context: ImportContext): Promise<ImportSource> {
  const { images, classesPath, subjectsPath, problems } = findClassFolders(
    context.claimed.files.map(({ path }) => path),
  );
  const shaOf = shasOf(context);
  const listed = classesPath === undefined ? null : await needText(context, shaOf, classesPath, parseClassNames);
  const classes = orderedClasses(
    images.map(({ className }) => className),
    listed,
  );
  const subjects = await readText(context, shaOf, subjectsPath, parseSubjects);
  const lists = publishedFolds(images);
  return {
    schema: classes.length < 2 ? null : classesOf(classes, true),
    meaning: "an image's class is the folder that it lies in",
    units: (classes.length < 2 ? [] : images).map(({ name, path, className }) => ({
      items: 1,
      async prepare(imaging) {
        const subject = subjects.value?.get(name) ?? subjects.value?.get(fileOf(name)) ?? null;
        const label = { classValues: oneClass(classes.indexOf(className), classes.length) };
        return [await wholeImage(context, imaging, { name, path, sha256: shaOf.get(path)!, label, subject })];
      },
    })),
    parallel: 2 * decoders,
    problems: [...problems, ...subjects.problem],
    lists: lists && { ...lists, path: images[0]!.path },
    unitName: "images",
    missing: "expected images in at least two folders, one per class (CLASS/NAME or train, val, test/CLASS/NAME)",
  };
}
