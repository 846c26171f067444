/** @file What Tessera takes from an image file: its size, a thumbnail, and its pixels at the size of a model. */
import { type Opened, open, reading } from "./decode.ts";
import type { ImageFormat } from "./fileKind.ts";

export interface ImageInfo {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** JPEG, longest side 256 px; a smaller image keeps its size. */
  readonly thumbnail: Buffer;
}

export const thumbnailSide = 256;

/** From the header alone: a truncated file may pass. @throws DomainError BAD_FILE */
export async function probe(bytes: Uint8Array, name?: string): Promise<ImageInfo> {
  const { format, width, height, metadata } = await open(bytes, name);
  return { format, width, height, channels: metadata.channels };
}

/** Any colour space to 8-bit RGB; transparent parts become black. */
const rgb = (opened: Opened) => opened.pipeline().flatten({ background: "black" }).toColourspace("srgb");

/** Decodes every pixel, so a truncated file is refused. @throws DomainError BAD_FILE */
export async function image(bytes: Uint8Array, name?: string): Promise<DecodedImage> {
  const opened = await open(bytes, name);
  const thumbnail = await reading(() =>
    rgb(opened)
      .resize(thumbnailSide, thumbnailSide, { fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 85 })
      .toBuffer(),
  );
  return { width: opened.width, height: opened.height, thumbnail };
}

/**
 * Stretched to a square (the aspect ratio is not kept, as published Kvasir-SEG protocols do), Lanczos 3 after an
 * area average where it shrinks.
 * @returns [size*size*3] RGB, 0 to 255, row by row.
 * @throws DomainError BAD_FILE
 */
export async function prepareImage(bytes: Uint8Array, size: number, name?: string): Promise<Uint8Array> {
  const opened = await open(bytes, name);
  return reading(() =>
    rgb(opened).resize(size, size, { fit: "fill", kernel: "lanczos3", fastShrinkOnLoad: false }).raw().toBuffer(),
  );
}
