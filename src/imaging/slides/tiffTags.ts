/** @file The tags of TIFF that are read here, and what a directory's pixels are. */
import { bad, type TiffDirectory, type TiffFile } from "./tiffFile.ts";

export const tags = {
  width: 256,
  height: 257,
  description: 270,
  stripOffsets: 273,
  rowsPerStrip: 278,
  stripBytes: 279,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
} as const;

export const isTiled = ({ entries }: TiffDirectory): boolean => entries.has(tags.tileOffsets);

/** Where a directory's compressed pixels are: [begin, bytes] of each tile or strip; those without bytes are left out. */
export function pixelRanges(file: TiffFile, directory: TiffDirectory): [at: number, bytes: number][] {
  const [offsetTag, bytesTag] = isTiled(directory)
    ? [tags.tileOffsets, tags.tileBytes]
    : [tags.stripOffsets, tags.stripBytes];
  const offsets = file.numbers(directory, offsetTag);
  const bytes = file.numbers(directory, bytesTag);
  if (offsets.length !== bytes.length) throw bad(`${offsets.length} pieces begin and ${bytes.length} have a length`);
  return offsets.flatMap((at, index) => (bytes[index] === 0 ? [] : [[at, bytes[index]!] as [number, number]]));
}

/** Sides in pixels and tiles: 2^20 is ten times the widest slide, and 2^24 tiles of 256 a whole one. */
const mostSide = 2 ** 20;
const mostTiles = 2 ** 24;

/** Every tiled directory: as many tiles as its size asks for, and all of them within the file. @throws DomainError BAD_FILE */
export function checkPixels(file: TiffFile): void {
  for (const [place, directory] of file.directories.entries()) {
    const what = `directory ${place + 1}`;
    const one = (tag: number) => file.numbers(directory, tag)[0] ?? 0;
    const [width, height] = [one(tags.width), one(tags.height)];
    if (width < 1 || height < 1 || width > mostSide || height > mostSide) {
      throw bad(`${what} claims ${width} x ${height} pixels; expected sides of 1 to ${mostSide}`);
    }
    if (isTiled(directory)) checkTiles(file, directory, what, width, height);
    for (const [at, bytes] of pixelRanges(file, directory)) {
      if (at + bytes <= file.size) continue;
      throw bad(`it is truncated: ${what} has pixels up to byte ${at + bytes}, and the file ends at ${file.size}`);
    }
  }
}

function checkTiles(file: TiffFile, directory: TiffDirectory, what: string, width: number, height: number): void {
  const one = (tag: number) => file.numbers(directory, tag)[0] ?? 0;
  const [tileWidth, tileHeight] = [one(tags.tileWidth), one(tags.tileHeight)];
  if (tileWidth < 16 || tileHeight < 16 || tileWidth > 8192 || tileHeight > 8192) {
    throw bad(`${what} has tiles of ${tileWidth} x ${tileHeight} pixels; expected sides of 16 to 8192`);
  }
  const expected = Math.ceil(width / tileWidth) * Math.ceil(height / tileHeight);
  if (expected > mostTiles) throw bad(`${what} has ${expected} tiles; expected at most ${mostTiles}`);
  const { count } = directory.entries.get(tags.tileOffsets)!;
  if (count === expected || count === 3 * expected) return; // a plane of each colour
  throw bad(`${what} of ${width} x ${height} pixels needs ${expected} tiles, and lists ${count}`);
}
