/** @file A slide as an item: the copy without what may name a patient is kept, a thumbnail, and what the file says of its scale. */
import { fileOf } from "@tessera/domain/import/paths";
import type { SlideFile, SlideInfo, Slides } from "@tessera/imaging/slides/client";
import type { ImportContext } from "./importContext.ts";
import type { PreparedItem } from "./importSource.ts";
import { naming } from "./readFile.ts";
import { storeWritten } from "./storeWritten.ts";
import type { KnownImage } from "./wholeImage.ts";

/** Longest side; what a screen shows of a whole slide. */
const thumbnailSide = 1024;

/** Stores the copy and the thumbnail; the file's own bytes never pass through this process. @throws FileProblem */
export async function slideItem(
  { objects, teamId }: Pick<ImportContext, "objects" | "teamId">,
  slides: Slides,
  { ofSlide = {}, sha256, ...known }: KnownImage,
): Promise<PreparedItem> {
  const { path } = known;
  const refuse = naming(path);
  const file: SlideFile = { path: await objects.path(teamId, sha256).catch(refuse), name: fileOf(path) };
  const info = await slides.describe(file).catch(refuse);
  const { jpeg } = await slides.thumbnail(file, thumbnailSide).catch(refuse);
  const copied = ofSlide.deidentified
    ? null
    : await storeWritten({ objects, teamId }, (target) => slides.deidentify(file, target)).catch(refuse);
  const copy = copied?.blob ?? null;
  const scale = scaleOf(info, ofSlide.micronsPerPixel);
  return {
    ...known,
    kind: "slide",
    sha256: copy?.sha256 ?? sha256,
    image: copy,
    width: info.width,
    height: info.height,
    thumbnail: await objects.put(teamId, jpeg),
    spacing: scale.micronsX === null ? null : { x: scale.micronsX / 1000, y: scale.micronsY / 1000 },
    slide: { format: info.format, levels: info.levels, magnification: info.magnification, ...scale },
    warning: scale.micronsX === null ? { path, code: "NO_SCALE", message: noScale } : null,
  };
}

const noScale =
  "The slide does not say how many microns a pixel is; give them in the table (column mpp), or when its tiles are cut";

/** The file's own goes before the table's. */
function scaleOf({ micronsPerPixel: own }: SlideInfo, told: number | undefined) {
  if (own !== null) return { micronsX: own.x, micronsY: own.y, scaleOf: "file" } as const;
  if (told !== undefined) return { micronsX: told, micronsY: told, scaleOf: "table" } as const;
  return { micronsX: null, micronsY: null, scaleOf: null } as const;
}
