/** @file A DICOM film as an item: the picture made of it is kept, and nothing of its tags but the spacing and a hashed patient. */
import type { Imaging } from "@tessera/imaging/client";
import type { ImportContext } from "./importContext.ts";
import type { PreparedItem } from "./importSource.ts";
import { naming, readFile } from "./readFile.ts";
import type { KnownImage } from "./wholeImage.ts";

const burntIn =
  "The film says that text is burnt into the picture, which may name the patient; look at it, and leave it out if it does";

/** Stores the picture and its thumbnail. The table's subject goes before the file's. @throws FileProblem */
export async function film(
  { objects, teamId, claimed }: Pick<ImportContext, "objects" | "teamId" | "claimed">,
  imaging: Imaging,
  { sha256, ...known }: KnownImage,
): Promise<PreparedItem> {
  const { path } = known;
  const bytes = await readFile({ objects, teamId }, new Map([[path, sha256]]), path);
  // Of another data set the same patient has another name: what is published of one says nothing of the other.
  const made = await imaging.film(bytes, `${teamId} ${claimed.datasetId}`).catch(naming(path));
  const [image, thumbnail] = await Promise.all([objects.put(teamId, made.png), objects.put(teamId, made.thumbnail)]);
  const { width, height, spacing } = made;
  return {
    ...known,
    sha256: image.sha256,
    image,
    width,
    height,
    thumbnail,
    subject: known.subject ?? made.subject,
    spacing,
    warning: made.burntIn ? { path, code: "BURNT_IN_TEXT", message: burntIn } : null,
  };
}
