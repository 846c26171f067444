/** @file Images beside PNG masks whose pixel values are classes. */
import {
  numberedClasses,
  parseClassJson,
  parseClassList,
  type SourceClass,
  valueIndices,
} from "@tessera/domain/import/classList";
import { pairIndexMasks } from "@tessera/domain/import/indexMaskLayout";
import { parseSubjects } from "@tessera/domain/import/kvasirFiles";
import type { KvasirPair } from "@tessera/domain/import/kvasirLayout";
import type { Imaging } from "@tessera/imaging/client";
import type { ImportContext } from "../importContext.ts";
import { FileProblem } from "../importProblem.ts";
import { decoders, type ImportSource, masksOf } from "../importSource.ts";
import { storeLabelled } from "../labelledImage.ts";
import { naming, readFile, type ShaOf, shasOf } from "../readFile.ts";
import { needText, readLists, readText } from "../textFiles.ts";

/** @throws DomainError BAD_INPUT where the list of classes cannot be read */
export async function indexMaskSource(context: ImportContext, imaging: Imaging): Promise<ImportSource> {
  const layout = pairIndexMasks(context.claimed.files.map(({ path }) => path));
  const shaOf = shasOf(context);
  const { classesPath } = layout;
  const listed =
    classesPath === undefined
      ? null
      : await needText(context, shaOf, classesPath, /\.json$/i.test(classesPath) ? parseClassJson : parseClassList);
  const classes = listed ?? (await countedClasses(context, imaging, layout.pairs, shaOf));
  const values = valueIndices(classes);
  const subjects = await readText(context, shaOf, layout.subjectsPath, parseSubjects);
  const lists = await readLists(context, shaOf, layout.splitLists);
  return {
    schema: masksOf(classes.map(({ name }) => name)),
    meaning: `a mask's value is its class: ${classes.map(({ value, name }) => `${value} ${name}`).join(", ")}`,
    units: layout.pairs.map(({ name, imagePath, maskPath }) => ({
      items: 1,
      async prepare(decoder) {
        const image = await decoder
          .image(await readFile(context, shaOf, imagePath), imagePath)
          .catch(naming(imagePath));
        const mask = await decoder
          .indexMask(await readFile(context, shaOf, maskPath), values, classes.length, maskPath)
          .catch(naming(maskPath));
        const sha256 = shaOf.get(imagePath)!;
        const subject = subjects.value?.get(name) ?? null;
        return [await storeLabelled(context, { name, path: imagePath, sha256, image, maskPath, mask, subject })];
      },
    })),
    parallel: 2 * decoders,
    problems: [...layout.problems, ...subjects.problem, ...lists.problems],
    lists: lists.lists,
    unitName: "image and mask pairs",
    missing: "there is no images folder with a masks folder of PNG files beside it",
  };
}

/** Without a list: as many classes as the highest value below 255 says. A mask that cannot be read is refused later, by name. */
async function countedClasses(
  context: ImportContext,
  imaging: Imaging,
  pairs: readonly KvasirPair[],
  shaOf: ShaOf,
): Promise<SourceClass[]> {
  let highest = 1;
  for (const { maskPath } of pairs) {
    const values = await readFile(context, shaOf, maskPath)
      .then((bytes) => imaging.indexValues(bytes, maskPath).catch(naming(maskPath)))
      .catch((error) => {
        if (error instanceof FileProblem) return [];
        throw error;
      });
    highest = Math.max(highest, ...values.filter((value) => value < 255));
  }
  return numberedClasses(highest);
}
