/** @file Opening one untrusted image with limits. Loads sharp (libvips): only the decoder child imports this. */
import { DomainError } from "@tessera/domain/errors";
import sharp, { type Metadata, type Sharp } from "sharp";
import { checkEnding, type ImageFormat, imageFormat } from "./fileKind.ts";

sharp.concurrency(1); // one request at a time per child; parallelism is the number of children
sharp.cache(false); // no image is asked for twice in a row, and memory must not grow
sharp.block({ operation: ["VipsForeignLoad"] }); // a second lock behind the check of the first bytes
sharp.unblock({ operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng"] });

/** 64 megapixels: an 8000 x 8000 image. More is a slide or a bomb. */
export const pixelLimit = 64 * 1024 * 1024;

export interface Opened {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly metadata: Metadata;
  /** A fresh pipeline; decoding happens when it is read. */
  pipeline(): Sharp;
}

/**
 * Reads the header. No pixel is decoded yet: a truncated file passes here and is refused when its pixels are read.
 *
 * A JPEG whose EXIF orientation turns it is refused: a mask may have been drawn on the turned or the unturned pixels,
 * and nothing in the files says which.
 * @throws DomainError BAD_FILE
 */
export async function open(bytes: Uint8Array, name?: string): Promise<Opened> {
  const format = imageFormat(bytes);
  if (name !== undefined) checkEnding(name, format);
  const pipeline = () =>
    sharp(bytes, { limitInputPixels: false, failOn: "warning", sequentialRead: true, animated: false });
  const metadata = await reading(() => pipeline().metadata());
  const { width, height } = metadata;
  if (width * height > pixelLimit) {
    throw new DomainError(
      "BAD_FILE",
      `The image is too large: ${width}x${height} is over the limit of ${pixelLimit / 1024 / 1024} megapixels; export it smaller`,
      { width, height, pixelLimit },
    );
  }
  if (metadata.orientation !== undefined && metadata.orientation !== 1) {
    throw new DomainError(
      "BAD_FILE",
      `The image carries EXIF orientation ${metadata.orientation} (turned or mirrored when shown); expected 1 or none. Save it with its pixels turned, so that image and mask agree`,
      { orientation: metadata.orientation },
    );
  }
  return { format, width, height, metadata, pipeline };
}

/** Runs a libvips call and says its error in a researcher's words. @throws DomainError BAD_FILE */
export async function reading<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    const truncated = /premature|truncat|end of|out of data|unexpected|not enough|read error|EOF/i.test(reason);
    const message = truncated
      ? "The file is truncated: it ends before the image does; copy it again from its source"
      : "The file is damaged and cannot be decoded; copy it again from its source";
    throw new DomainError("BAD_FILE", `${message} (${reason})`, { reason, truncated });
  }
}
