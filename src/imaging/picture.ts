/** @file Any picture that a person may show to a model: JPEG, PNG, an uncompressed bitmap, a DICOM film. */
import sharp from "sharp";
import { bitmap, isBitmap } from "./bmp.ts";
import { reading } from "./decode.ts";
import { film } from "./dicom/film.ts";
import { prepareImage } from "./image.ts";

const isDicom = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(128, 132)) === "DICM";

/**
 * As prepareImage; of a film its picture (rescale, window, MONOCHROME1 turned), and nothing of its tags.
 * @returns [size*size*3] RGB, 0 to 255, row by row
 * @throws DomainError BAD_FILE
 */
export async function picture(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  if (isDicom(bytes)) return prepareImage((await film(bytes, "")).png, size);
  if (!isBitmap(bytes)) return prepareImage(bytes, size);
  const { width, height, rgb } = bitmap(bytes);
  return reading(() =>
    sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })
      .resize(size, size, { fit: "fill", kernel: "lanczos3" })
      .raw()
      .toBuffer(),
  );
}
