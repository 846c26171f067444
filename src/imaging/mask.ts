/**
 * @file Masks: any grey or colour JPEG or PNG to exact foreground, by stated rules.
 *
 * Foreground is luminance > 127, luminance = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, 16-bit fixed point as in most
 * Python readers, so that their masks agree with ours pixel for pixel).
 */
import { countComponents } from "@tessera/domain/components";
import { DomainError } from "@tessera/domain/errors";
import { areaShare } from "./areaShare.ts";
import { open, reading } from "./decode.ts";
import { encodeGrey } from "./encode.ts";

export interface DecodedMask {
  readonly width: number;
  readonly height: number;
  /** PNG, 8-bit grey: 0 background, 255 foreground. */
  readonly png: Buffer;
  /** Foreground pixels at the file's own size. */
  readonly regionPixels: number;
  /** 8-connected pieces of the foreground. */
  readonly components: number;
  /** Share of pixels farther than `nearness` from both 0 and 255: what JPEG compression left at the edges. */
  readonly ringing: number;
}

export const foregroundAbove = 127;
const nearness = 16;
/** Of the 256 values, those that are foreground. */
const isForeground = Uint8Array.from({ length: 256 }, (_, value) => (value > foregroundAbove ? 1 : 0));

export interface Grey {
  readonly width: number;
  readonly height: number;
  /** [height*width] luminance. */
  readonly pixels: Uint8Array;
}

/** @throws DomainError BAD_FILE, also for pixels that are not opaque */
export async function luminance(bytes: Uint8Array, name?: string): Promise<Grey> {
  const opened = await open(bytes, name);
  const { width, height, metadata } = opened;
  if (metadata.hasAlpha) {
    const { isOpaque } = await reading(() => opened.pipeline().stats());
    if (!isOpaque) {
      throw new DomainError(
        "BAD_FILE",
        "The mask has transparent pixels, and nothing says which side is foreground; save it without transparency, foreground white on black",
      );
    }
  }
  const grey = metadata.space === "b-w" || metadata.space === "grey16";
  const { data, info } = await reading(() =>
    opened
      .pipeline()
      .removeAlpha()
      .toColourspace(grey ? "b-w" : "srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true }),
  );
  if (info.channels === 1) return { width, height, pixels: data };
  const pixels = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < pixels.length; i++, at += 3) {
    pixels[i] = (19595 * data[at]! + 38470 * data[at + 1]! + 7471 * data[at + 2]! + 0x8000) >> 16;
  }
  return { width, height, pixels };
}

/**
 * A mask without any foreground is allowed (an item without a region), but one whose brightest pixel is grey is not:
 * it was saved as 0/1 or in colours, and its region would vanish silently.
 * @throws DomainError BAD_FILE
 */
export async function mask(bytes: Uint8Array, name?: string): Promise<DecodedMask> {
  const { width, height, pixels } = await luminance(bytes, name);
  let regionPixels = 0;
  let between = 0;
  let brightest = 0;
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    if (value > brightest) brightest = value;
    if (value > nearness && value < 255 - nearness) between++;
    const foreground = value > foregroundAbove;
    if (foreground) regionPixels++;
    pixels[i] = foreground ? 255 : 0;
  }
  if (brightest > 0 && brightest <= foregroundAbove) {
    throw new DomainError(
      "BAD_FILE",
      `The mask's brightest pixel is ${brightest} of 255; foreground is a luminance above ${foregroundAbove}. Save background as 0 and foreground as 255`,
      { brightest },
    );
  }
  return {
    width,
    height,
    png: await encodeGrey(pixels, width, height),
    regionPixels,
    components: countComponents(pixels, width, height),
    ringing: between / pixels.length,
  };
}

/**
 * A mask at the size of a model: the average of each target pixel's area is foreground from 0.5 on.
 *
 * A region never vanishes silently: where the file has foreground but no target pixel reaches 0.5, the one with the
 * largest share becomes foreground (the first in reading order among equals). A small piece beside a larger one may
 * still fall away; the component counts before and after say so.
 * @returns [size*size], 0 or 1, row by row.
 * @throws DomainError BAD_FILE
 */
export async function prepareMask(bytes: Uint8Array, size: number, name?: string): Promise<Uint8Array> {
  const { width, height, pixels } = await luminance(bytes, name);
  const share = areaShare(pixels, isForeground, { width, height, size });
  const result = new Uint8Array(size * size);
  let any = false;
  let largest = 0;
  for (let i = 0; i < share.length; i++) {
    if (share[i]! >= 0.5 - 1e-6) {
      result[i] = 1;
      any = true;
    }
    if (share[i]! > share[largest]!) largest = i;
  }
  if (!any && share[largest]! > 0) result[largest] = 1;
  return result;
}
