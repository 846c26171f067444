/** @file An uploaded image with the class mask that a layout made for it. */
import type { ClassMask, DecodedImage } from "@tessera/imaging/client";
import type { ImportContext } from "./importContext.ts";
import { FileProblem } from "./importProblem.ts";
import type { PreparedItem } from "./importSource.ts";

export interface LabelledImage {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly image: DecodedImage;
  /** Of the file to blame where the sizes differ. */
  readonly maskPath: string;
  readonly mask: ClassMask;
  readonly subject: string | null;
}

/** Stores the thumbnail and the mask. @throws FileProblem SIZE_MISMATCH */
export async function storeLabelled(
  { objects, teamId }: Pick<ImportContext, "objects" | "teamId">,
  { name, path, sha256, image, maskPath, mask, subject }: LabelledImage,
): Promise<PreparedItem> {
  checkSizes(maskPath, mask, image);
  const [thumbnail, png] = await Promise.all([objects.put(teamId, image.thumbnail), objects.put(teamId, mask.png)]);
  const { regionPixels, components } = mask;
  return {
    name,
    path,
    sha256,
    image: null,
    width: image.width,
    height: image.height,
    thumbnail,
    label: { mask: png, regionPixels, components, boxes: null },
    subject,
    spacing: null,
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @throws FileProblem SIZE_MISMATCH */
export function checkSizes(maskPath: string, mask: Size, image: Size): void {
  if (image.width === mask.width && image.height === mask.height) return;
  throw new FileProblem(
    maskPath,
    "SIZE_MISMATCH",
    `The mask has ${mask.width}x${mask.height} pixels, its image ${image.width}x${image.height}; export both at one size`,
  );
}
