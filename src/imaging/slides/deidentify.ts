/**
 * @file A copy of a slide without what may name a patient: label, macro and thumbnail pictures, and every tag but those of the pixels.
 *
 * Of the TIFF slides whose layout is known here (Aperio, generic tiled TIFF). Offsets stay; what is not known to belong to the tiled levels
 * is zero in the copy, so that nothing that nobody refers to any more stays behind. The same file gives the same copy.
 */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { DomainError } from "@tessera/domain/errors";
import { type TiffDirectory, type TiffEntry, TiffFile } from "./tiffFile.ts";
import { isTiled, pixelRanges, tags } from "./tiffTags.ts";

export const copiedFormats: ReadonlySet<string> = new Set(["aperio", "generic-tiff"]);

/** What a level's pixels need: TIFF 6.0's structure, compression and colour, scale, and an ICC profile. */
const keptTags: ReadonlySet<number> = new Set([
  254, 255, 256, 257, 258, 259, 262, 266, 274, 277, 282, 283, 284, 296, 317, 320, 322, 323, 324, 325, 338, 339, 347,
  512, 513, 514, 529, 530, 531, 532, 32997, 34675,
]);
const chunkBytes = 4 * 2 ** 20;

type Range = readonly [at: number, bytes: number];

/** @param format as openSlide found it. @throws DomainError BAD_FILE */
export function writeDeidentified(path: string, format: string, target: string): void {
  if (!copiedFormats.has(format)) {
    const message = `Tessera cannot take label and properties off a ${format} slide, and they may name a patient; convert it to a tiled TIFF, or say in the table (column deidentified: yes) that it names nobody`;
    throw new DomainError("BAD_FILE", message, { format });
  }
  const from = openSync(path, "r");
  const to = openSync(target, "w+", 0o600);
  try {
    const file = new TiffFile(from);
    const levels = file.directories.filter(isTiled);
    ftruncateSync(to, file.size); // zeros
    const kept = levels.flatMap((directory) => [
      ...pixelRanges(file, directory),
      ...keptEntries(directory).map(({ at, bytes }): Range => [at, bytes]),
    ]);
    for (const [at, bytes] of kept) copy(from, to, at, bytes);
    copy(from, to, 0, file.big ? 16 : 8);
    putWord(file, to, file.big ? 8 : 4, levels[0]!.at);
    for (const [place, directory] of levels.entries()) {
      putDirectory(file, to, directory, levels[place + 1]?.at ?? 0, format === "aperio");
    }
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

const keptEntries = ({ entries }: TiffDirectory): TiffEntry[] =>
  [...entries.values()].filter(({ tag }) => keptTags.has(tag));

/** In the place of the old one, with fewer entries. */
function putDirectory(file: TiffFile, to: number, directory: TiffDirectory, next: number, aperio: boolean): void {
  const [countBytes, entryBytes, wordBytes] = file.big ? [8, 20, 8] : [2, 12, 4];
  const entries = keptEntries(directory);
  const said = aperio ? description(file.text(directory, tags.description) ?? "") : null;
  const old = directory.entries.get(tags.description);
  const text = said !== null && old !== undefined ? Buffer.from(`${said}\0`, "latin1").subarray(0, old.bytes) : null;
  if (text !== null && text.length > wordBytes) {
    writeSync(to, text, 0, text.length, old!.at);
    entries.push({ ...old!, count: text.length, bytes: text.length });
  }
  entries.sort((a, b) => a.tag - b.tag);
  const bytes = Buffer.alloc(countBytes + entries.length * entryBytes + wordBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (offset: number, value: number) =>
    file.big ? view.setBigUint64(offset, BigInt(value), file.little) : view.setUint32(offset, value, file.little);
  if (file.big) view.setBigUint64(0, BigInt(entries.length), file.little);
  else view.setUint16(0, entries.length, file.little);
  for (const [index, { tag, type, count, at, bytes: length }] of entries.entries()) {
    const offset = countBytes + index * entryBytes;
    view.setUint16(offset, tag, file.little);
    view.setUint16(offset + 2, type, file.little);
    word(offset + 4, count);
    if (length > wordBytes) word(offset + 4 + wordBytes, at);
    else readSync(file.fd, bytes, offset + 4 + wordBytes, length, at);
  }
  word(countBytes + entries.length * entryBytes, next);
  // The old directory was longer, and the inline values of its entries were copied to where they were.
  const before = countBytes + directory.entries.size * entryBytes + wordBytes;
  writeSync(to, Buffer.concat([bytes, Buffer.alloc(before - bytes.length)]), 0, before, directory.at);
}

/** Of Aperio's description its first lines, which are of geometry, and the two facts of scale; not the scanner, user, date and file name. */
function description(text: string): string {
  const [head = "", ...facts] = text.split("|");
  const [library = "", sizes = ""] = head.split(";")[0]!.split("\n");
  const scale = facts.filter((fact) => /^\s*(AppMag|MPP)\s*=\s*[\d.]+\s*$/.test(fact));
  const geometry = /^[\d\s x[\],()>:-]*/.exec(sizes)![0];
  return [`${/^Aperio[\w .]*/.exec(library)?.[0] ?? "Aperio"}\n${geometry}`, ...scale].join("|");
}

function copy(from: number, to: number, at: number, bytes: number): void {
  const chunk = Buffer.alloc(Math.min(chunkBytes, bytes));
  for (let done = 0; done < bytes; ) {
    const got = readSync(from, chunk, 0, Math.min(chunk.length, bytes - done), at + done);
    if (got === 0)
      throw new DomainError("BAD_FILE", "The slide ends within its own pixels; copy it again from its source");
    writeSync(to, chunk, 0, got, at + done);
    done += got;
  }
}

function putWord(file: TiffFile, to: number, at: number, value: number): void {
  const bytes = Buffer.alloc(file.big ? 8 : 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.big) view.setBigUint64(0, BigInt(value), file.little);
  else view.setUint32(0, value, file.little);
  writeSync(to, bytes, 0, bytes.length, at);
}
