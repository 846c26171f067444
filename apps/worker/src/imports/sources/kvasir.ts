/** @file A Kvasir-SEG folder: images beside masks of one class. */
import { parseBoxes, parseSubjects, type SourceBox } from "@tessera/domain/import/kvasirFiles";
import { type KvasirPair, pairKvasir } from "@tessera/domain/import/kvasirLayout";
import type { Imaging } from "@tessera/imaging/client";
import type { ImportContext } from "../importContext.ts";
import { decoders, type ImportSource, masksOf, type PreparedItem } from "../importSource.ts";
import { type ShaOf, shasOf } from "../readFile.ts";
import { readPair } from "../readPair.ts";
import { readLists, readText } from "../textFiles.ts";

/** What Kvasir-SEG's masks and boxes mark. */
const classes = ["polyp"];

export async function kvasirSource(context: ImportContext): Promise<ImportSource> {
  const layout = pairKvasir(context.claimed.files.map(({ path }) => path));
  const shaOf = shasOf(context);
  const boxes = await readText(context, shaOf, layout.boxesPath, parseBoxes);
  const subjects = await readText(context, shaOf, layout.subjectsPath, parseSubjects);
  const lists = await readLists(context, shaOf, layout.splitLists);
  const beside = { boxes: boxes.value ?? new Map(), subjects: subjects.value ?? new Map() };
  return {
    schema: masksOf(classes),
    meaning: "foreground is luminance above 127 of 255",
    units: layout.pairs.map((pair) => ({
      items: 1,
      prepare: async (imaging) => [await prepare(context, imaging, pair, shaOf, beside)],
    })),
    parallel: 2 * decoders, // twice: one reads while the other decodes
    problems: [...layout.problems, ...boxes.problem, ...subjects.problem, ...lists.problems],
    lists: lists.lists,
    unitName: "image and mask pairs",
    missing: "there is no images folder with a masks folder beside it",
  };
}

interface Beside {
  readonly boxes: ReadonlyMap<string, readonly SourceBox[]>;
  readonly subjects: ReadonlyMap<string, string>;
}

async function prepare(
  { objects, teamId }: ImportContext,
  imaging: Imaging,
  pair: KvasirPair,
  shaOf: ShaOf,
  { boxes, subjects }: Beside,
): Promise<PreparedItem> {
  const { image, mask } = await readPair({ objects, teamId }, imaging, pair, shaOf);
  const [thumbnail, png] = await Promise.all([objects.put(teamId, image.thumbnail), objects.put(teamId, mask.png)]);
  return {
    name: pair.name,
    path: pair.imagePath,
    sha256: shaOf.get(pair.imagePath)!,
    image: null,
    width: image.width,
    height: image.height,
    thumbnail,
    label: {
      mask: png,
      regionPixels: [mask.regionPixels],
      components: [mask.components],
      boxes: boxes.get(pair.name) ?? null,
    },
    subject: subjects.get(pair.name) ?? null,
    spacing: null,
  };
}
