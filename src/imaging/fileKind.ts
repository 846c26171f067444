/** @file What a file is, read from its first bytes. The name and the sender's word are never trusted. */
import { DomainError } from "@tessera/domain/errors";

export type ImageFormat = "jpeg" | "png";

const text = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

/** Words for a file that is not what was expected, so that the sender knows what was sent. */
export function describe(bytes: Uint8Array): string {
  const head = text(bytes, 0, 16);
  if (/^GIF8/.test(head)) return "a GIF image";
  if (/^RIFF....WEBP/s.test(head)) return "a WebP image";
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(head)) return "a TIFF image or slide";
  if (/^BM/.test(head)) return "a BMP image";
  if (/^....ftyp/s.test(head)) return "an HEIF/AVIF image or a video";
  if (text(bytes, 128, 132) === "DICM") return "a DICOM file";
  if (head.startsWith("\u001f\u008b")) return "a gzip archive (perhaps NIfTI)";
  if (/^PK/.test(head)) return "a ZIP archive";
  if (/^%PDF/.test(head)) return "a PDF document";
  const start = text(bytes, 0, 256).trimStart();
  if (/^(<\?xml|<svg|<!doctype|<html)/i.test(start)) return "an XML, SVG or HTML document";
  if (/^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(start)) return "text";
  return "unknown binary data";
}

/** @throws DomainError BAD_FILE for an empty file or one that does not begin as a JPEG or PNG does. */
export function imageFormat(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new DomainError("BAD_FILE", "The file is empty (0 bytes); send it again");
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (text(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  const found = describe(bytes);
  throw new DomainError("BAD_FILE", `Expected a JPEG or PNG image, got ${found}; export it as JPEG or PNG`, { found });
}

/** @throws DomainError BAD_FILE when the name's ending promises another format than the bytes hold. */
export function checkEnding(name: string, format: ImageFormat): void {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  const promised = ending === "jpg" || ending === "jpeg" ? "jpeg" : ending;
  if (promised === undefined || promised === format) return;
  throw new DomainError(
    "BAD_FILE",
    `The name ends in .${ending} but the file is a ${format.toUpperCase()} image; rename it to .${format}`,
    { expected: promised, got: format },
  );
}
