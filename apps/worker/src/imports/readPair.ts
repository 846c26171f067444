/** @file One image and its mask, decoded and checked against each other. */
import type { KvasirPair } from "@tessera/domain/import/kvasirLayout";
import type { DecodedImage, DecodedMask, Imaging } from "@tessera/imaging/client";
import type { ImportContext } from "./importContext.ts";
import { FileProblem, toFileProblem } from "./importProblem.ts";
import { checkSizes } from "./labelledImage.ts";
import { naming, readFile, type ShaOf } from "./readFile.ts";

export interface ReadPair {
  readonly image: DecodedImage;
  readonly mask: DecodedMask;
}

/**
 * Above this share of pixels far from black and white, a mask is not two-valued. Measured on Kvasir-SEG: its JPEG masks
 * stay below 0.01, its images lie above 0.6.
 */
const mostRinging = 0.2;
/**
 * From this share of pixels that are near black or near white on, an image is two-valued. Measured as above, at 64 px:
 * images stay below 0.33, masks lie above 0.94.
 */
const twoValuedFrom = 0.8;
const lookSide = 64;
const nearness = 16;

/** @throws FileProblem naming the file to mend */
export async function readPair(
  files: Pick<ImportContext, "objects" | "teamId">,
  imaging: Imaging,
  { imagePath, maskPath }: KvasirPair,
  shaOf: ShaOf,
): Promise<ReadPair> {
  const bytes = { image: await readFile(files, shaOf, imagePath), mask: await readFile(files, shaOf, maskPath) };
  const image = await imaging.image(bytes.image, imagePath).catch(naming(imagePath));
  const imageIsMask = await isTwoValued(imaging, image);
  const mask = await imaging.mask(bytes.mask, maskPath).catch((error) => {
    const problem = toFileProblem(maskPath, error);
    throw problem.code === "NOT_A_MASK" && imageIsMask ? swapped(imagePath) : problem;
  });
  const maskIsImage = mask.ringing > mostRinging;
  if (imageIsMask && maskIsImage) throw swapped(imagePath);
  if (maskIsImage) {
    const percent = Math.round(mask.ringing * 100);
    throw new FileProblem(
      maskPath,
      "NOT_A_MASK",
      `${percent} % of the mask's pixels are neither black nor white; save the mask with background 0 and foreground 255`,
    );
  }
  if (imageIsMask) {
    throw new FileProblem(
      imagePath,
      "IMAGE_IS_MASK",
      "The image is only black and white, as a mask is; put the photograph in the images folder",
    );
  }
  checkSizes(maskPath, mask, image);
  return { image, mask };
}

const swapped = (path: string) =>
  new FileProblem(path, "SWAPPED", "Image and mask are in each other's place; exchange the two files");

/** Looked at in the thumbnail: the pixels of the file were decoded once already. */
async function isTwoValued(imaging: Imaging, { width, height, thumbnail }: DecodedImage): Promise<boolean> {
  const side = Math.min(lookSide, width, height);
  const pixels = await imaging.prepareImage(thumbnail, side);
  let extreme = 0;
  for (let i = 0; i < pixels.length; i += 3) {
    const [red, green, blue] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
    if (Math.max(red, green, blue) <= nearness || Math.min(red, green, blue) >= 255 - nearness) extreme++;
  }
  return extreme / (side * side) >= twoValuedFrom;
}
