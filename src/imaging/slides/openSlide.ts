/** @file Opening an untrusted slide: what the file is, whether its name says so, its skeleton, and then its reader. */
import { closeSync, openSync, readSync } from "node:fs";
import { DomainError } from "@tessera/domain/errors";
import { describe } from "../fileKind.ts";
import { openSlideApi } from "./capi.ts";
import { openPictureSlide } from "./pictureSlide.ts";
import type { SlideReader } from "./slide.ts";
import { ndpiTag, TiffFile } from "./tiffFile.ts";
import { checkPixels, isTiled } from "./tiffTags.ts";
import { openVendorSlide } from "./vendorSlide.ts";

/** What an ending promises, by OpenSlide's names. */
const promises: Readonly<Record<string, readonly string[]>> = {
  svs: ["aperio"],
  ndpi: ["hamamatsu"],
  scn: ["leica"],
  bif: ["ventana"],
  czi: ["zeiss"],
  svslide: ["sakura"],
  png: ["png"],
  jpg: ["jpeg"],
  jpeg: ["jpeg"],
};
/** Slides that are several files: one alone is none. */
const severalFiles: ReadonlySet<string> = new Set(["mirax", "dicom", "hamamatsu-vms", "hamamatsu-vmu"]);

/** @param name of the file, whose ending is held against it. @throws DomainError BAD_FILE saying what was expected */
export async function openSlide(path: string, name: string): Promise<SlideReader> {
  const head = headOf(path);
  const isTiff = /^(II[*+]\0|MM\0[*+])/.test(head.subarray(0, 4).toString("latin1"));
  const tiff = isTiff ? checkSkeleton(path) : null;
  const vendor = openSlideApi().openslide_detect_vendor(path);
  const picture = pictureOf(head) ?? (isTiff && tiff !== null && !tiff.tiled ? "tiff" : null);
  const format = vendor ?? picture;
  if (format === null) {
    const found = isTiff ? "a TIFF file whose layout OpenSlide does not know" : describe(head);
    const message = `Expected a slide (SVS, NDPI, SCN, BIF, tiled TIFF, …) or a plain TIFF, PNG or JPEG picture, got ${found}`;
    throw new DomainError("BAD_FILE", message, { found });
  }
  checkName(name, format);
  if (vendor === null) return openPictureSlide(path);
  if (severalFiles.has(vendor)) {
    const message = `This is one file of a slide (${vendor}) that consists of several; export it as one file, such as a tiled TIFF`;
    throw new DomainError("BAD_FILE", message, { format: vendor });
  }
  return openVendorSlide(path, vendor);
}

/** The first bytes. @throws DomainError BAD_FILE for an empty file */
function headOf(path: string): Buffer {
  const fd = openSync(path, "r");
  try {
    const head = Buffer.alloc(512);
    const length = readSync(fd, head, 0, head.length, 0);
    if (length === 0) throw new DomainError("BAD_FILE", "The file is empty (0 bytes); send it again");
    return head.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

function checkSkeleton(path: string): { tiled: boolean } {
  const fd = openSync(path, "r");
  try {
    const file = new TiffFile(fd);
    const [first] = file.directories;
    if (!first!.entries.has(ndpiTag)) checkPixels(file);
    return { tiled: isTiled(first!) };
  } finally {
    closeSync(fd);
  }
}

const pictureOf = (head: Buffer): "png" | "jpeg" | null => {
  if (head.subarray(0, 8).toString("latin1") === "\x89PNG\r\n\x1a\n") return "png";
  return head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff ? "jpeg" : null;
};

function checkName(name: string, format: string): void {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const expected = promises[ending];
  if (expected === undefined || expected.includes(format)) return;
  throw new DomainError(
    "BAD_FILE",
    `The name ends in .${ending}, which promises the format ${expected.join(" or ")}, but the file is ${format}; rename it to what it is`,
    { expected, got: format },
  );
}
