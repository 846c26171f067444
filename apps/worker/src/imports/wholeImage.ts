/** @file An uploaded image whose label is of the whole of it. */
import type { TableRow } from "@tessera/domain/import/classTable";
import type { Imaging } from "@tessera/imaging/client";
import type { ImportContext } from "./importContext.ts";
import type { PreparedItem } from "./importSource.ts";
import { naming, readFile } from "./readFile.ts";

export interface KnownImage
  extends Pick<PreparedItem, "name" | "path" | "sha256" | "label" | "opinions" | "subject" | "site"> {
  /** What a table says of a slide. */
  readonly ofSlide?: Pick<TableRow, "micronsPerPixel" | "deidentified">;
  /** Of features: the slide's name, where the table gives it one of its own. */
  readonly slideName?: string;
}

/** Decodes the image and stores its thumbnail. @throws FileProblem */
export async function wholeImage(
  { objects, teamId }: Pick<ImportContext, "objects" | "teamId">,
  imaging: Imaging,
  known: KnownImage,
): Promise<PreparedItem> {
  const { path, sha256 } = known;
  const bytes = await readFile({ objects, teamId }, new Map([[path, sha256]]), path);
  const { width, height, thumbnail } = await imaging.image(bytes, path).catch(naming(path));
  return { ...known, image: null, width, height, thumbnail: await objects.put(teamId, thumbnail), spacing: null };
}
