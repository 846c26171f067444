/** @file COCO sets: instances (polygons and run lengths) and panoptic segments (PNG files of ids). */
import { type CocoFile, type CocoImage, parseInstances, parsePanoptic } from "@tessera/domain/import/coco/file";
import { type CocoLayout, findCoco } from "@tessera/domain/import/coco/layout";
import { parseSubjects } from "@tessera/domain/import/kvasirFiles";
import { withoutEnding } from "@tessera/domain/import/paths";
import type { ClassMask, DecodedImage, Imaging } from "@tessera/imaging/client";
import type { ImportProblem } from "@tessera/store/imports";
import type { ImportContext } from "../importContext.ts";
import { FileProblem } from "../importProblem.ts";
import { decoders, type ImportSource, masksOf } from "../importSource.ts";
import { checkSizes, storeLabelled } from "../labelledImage.ts";
import { naming, readFile, type ShaOf, shasOf } from "../readFile.ts";
import { needText, readText } from "../textFiles.ts";

interface Labelling<Label> {
  readonly context: ImportContext;
  readonly shaOf: ShaOf;
  readonly layout: CocoLayout;
  readonly file: CocoFile<Label>;
  /** @throws FileProblem */
  readonly mask: (imaging: Imaging, found: FoundImage<Label>) => Promise<{ path: string; mask: ClassMask }>;
}

interface FoundImage<Label> {
  readonly path: string;
  readonly label: Label;
  readonly decoded: DecodedImage;
}

/** @throws DomainError BAD_INPUT where there is no JSON, or it cannot be read */
export async function instancesSource(context: ImportContext): Promise<ImportSource> {
  const { layout, shaOf } = find(context, "instances");
  const file = await needText(context, shaOf, layout.jsonPath, parseInstances);
  return source({
    context,
    shaOf,
    layout,
    file,
    mask: async (imaging, { path, label, decoded: { width, height } }) => ({
      path,
      mask: await imaging.regionMask(label, width, height, file.classes.length).catch(naming(path)),
    }),
  });
}

/** @throws DomainError BAD_INPUT where there is no JSON, or it cannot be read */
export async function panopticSource(context: ImportContext): Promise<ImportSource> {
  const { layout, shaOf } = find(context, "panoptic");
  const file = await needText(context, shaOf, layout.jsonPath, parsePanoptic);
  const classes = file.classes.length;
  return source({
    context,
    shaOf,
    layout,
    file,
    async mask(imaging, { path: imagePath, label, decoded: { width, height } }) {
      if (label === null) {
        return { path: imagePath, mask: await imaging.regionMask([], width, height, classes) };
      }
      const path = layout.segments.find(label.fileName);
      if (path === null) throw new FileProblem(label.fileName, "MISSING_FILE", notFound("PNG of segments"));
      const bytes = await readFile(context, shaOf, path);
      return { path, mask: await imaging.segmentMask(bytes, label.classOf, classes, path).catch(naming(path)) };
    },
  });
}

const notFound = (what: string) =>
  `The JSON names this ${what}, and the folder has none, or several, of this name; add it`;

function find(context: ImportContext, kind: "instances" | "panoptic") {
  return { layout: findCoco(context.claimed.files.map(({ path }) => path), kind), shaOf: shasOf(context) }; // biome-ignore format: short
}

async function source<Label>({ context, shaOf, layout, file, mask }: Labelling<Label>): Promise<ImportSource> {
  const subjects = await readText(context, shaOf, layout.subjectsPath, parseSubjects);
  const problems: ImportProblem[] = [...layout.problems, ...subjects.problem];
  if (file.problem !== null) problems.push({ path: layout.jsonPath!, code: "BAD_LIST", message: file.problem });
  const found = new Map<string, CocoImage<Label>>();
  for (const image of file.images) {
    const path = layout.images.find(image.fileName);
    if (path === null) problems.push({ path: image.fileName, code: "MISSING_FILE", message: notFound("image") });
    else if (image.problem !== null) problems.push({ path, code: "BAD_REGION", message: image.problem });
    else found.set(path, image);
  }
  const named = new Set([...found.keys(), ...problems.map(({ path }) => path)]);
  for (const path of layout.images.paths) {
    if (!named.has(path)) problems.push({ path, code: "UNUSED_FILE", message: "The JSON does not list this image" });
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    schema: masksOf(file.classes),
    meaning: `each region is of its category, crowds too; where two claim a pixel, the smaller one has it${file.boxes === 0 ? "" : `; a region without an outline is its box (${file.boxes})`}`,
    units: sorted.map(([path, { fileName, label, width, height }]) => ({
      items: 1,
      async prepare(imaging) {
        const image = await imaging.image(await readFile(context, shaOf, path), path).catch(naming(path));
        checkSizes(path, { width: width ?? image.width, height: height ?? image.height }, image);
        const drawn = await mask(imaging, { path, label, decoded: image });
        const name = withoutEnding(fileName);
        const subject = subjects.value?.get(name) ?? null;
        const sha256 = shaOf.get(path)!;
        return [
          await storeLabelled(context, { name, path, sha256, image, maskPath: drawn.path, mask: drawn.mask, subject }),
        ];
      },
    })),
    parallel: 2 * decoders,
    problems,
    lists: null,
    unitName: "images",
    missing: "the JSON lists no image",
  };
}
