/**
 * @file A tiled, pyramidal BigTIFF, written tile by tile: a slide of any size in the memory of a few tiles.
 *
 * Every level is half the one above. Tiles are asked for in the order of a quadtree, so that a level's tile is made of the four above it.
 */
import { type FileHandle, open } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import type { Imaging } from "@tessera/imaging/client";

export const tileSide = 256;

export interface PyramidOptions {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly micronsPerPixel: number;
  /** Deflate keeps every pixel, JPEG is what scanners write. */
  readonly compression: "deflate" | "jpeg";
  /** [tileSide*tileSide*3] RGB of the tile of level 0 whose left and upper side is here; what lies outside the slide is not looked at. */
  readonly tileAt: (x: number, y: number) => Uint8Array;
  /** Encodes JPEG. */
  readonly imaging: Imaging;
  readonly onProgress?: (done: number, total: number) => void;
}

interface Level {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly offsets: Float64Array;
  readonly bytes: Float64Array;
}

export async function writePyramid(options: PyramidOptions): Promise<{ readonly levels: number }> {
  const levels = levelsOf(options.width, options.height);
  const file = await open(options.path, "w");
  try {
    const writer = new Writer(file, levels, options);
    await writer.header();
    const top = levels.length - 1;
    for (let row = 0; row < levels[top]!.rows; row++) {
      for (let column = 0; column < levels[top]!.columns; column++) await writer.tile(top, column, row);
    }
    await writer.directories();
  } finally {
    await file.close();
  }
  return { levels: levels.length };
}

/** Down to a level whose longest side is at most 1,024. */
function levelsOf(width: number, height: number): Level[] {
  const levels: Level[] = [];
  for (let [w, h] = [width, height]; ; [w, h] = [Math.ceil(w / 2), Math.ceil(h / 2)]) {
    const [columns, rows] = [Math.ceil(w / tileSide), Math.ceil(h / tileSide)];
    const count = columns * rows;
    levels.push({
      width: w,
      height: h,
      columns,
      rows,
      offsets: new Float64Array(count),
      bytes: new Float64Array(count),
    });
    if (Math.max(w, h) <= 1024) return levels;
  }
}

class Writer {
  private at = 0;
  private done = 0;
  private readonly file: FileHandle;
  private readonly levels: readonly Level[];
  private readonly options: PyramidOptions;

  constructor(file: FileHandle, levels: readonly Level[], options: PyramidOptions) {
    this.file = file;
    this.levels = levels;
    this.options = options;
  }

  private async append(bytes: Uint8Array): Promise<number> {
    const at = this.at;
    await this.file.write(bytes, 0, bytes.length, at);
    this.at += bytes.length;
    return at;
  }

  async header(): Promise<void> {
    await this.append(Buffer.from(`49492b0008000000${"00".repeat(8)}`, "hex")); // the first directory's place comes at the end
  }

  /** Writes the tile and all above it. @returns its pixels */
  async tile(level: number, column: number, row: number): Promise<Uint8Array> {
    const { columns, offsets, bytes } = this.levels[level]!;
    const pixels =
      level === 0 ? this.options.tileAt(column * tileSide, row * tileSide) : await this.halved(level, column, row);
    const encoded = await this.encode(pixels);
    const index = row * columns + column;
    offsets[index] = await this.append(encoded);
    bytes[index] = encoded.length;
    if (level === 0) this.options.onProgress?.(++this.done, offsets.length);
    return pixels;
  }

  private async halved(level: number, column: number, row: number): Promise<Uint8Array> {
    const above = this.levels[level - 1]!;
    const pixels = new Uint8Array(3 * tileSide ** 2).fill(255);
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const [x, y] = [2 * column + dx, 2 * row + dy];
      if (x >= above.columns || y >= above.rows) continue;
      shrinkInto(pixels, await this.tile(level - 1, x, y), (dx * tileSide) / 2, (dy * tileSide) / 2);
    }
    return pixels;
  }

  private async encode(pixels: Uint8Array): Promise<Uint8Array> {
    if (this.options.compression === "deflate") return deflateSync(pixels, { level: 3 });
    return this.options.imaging.encodeImage(pixels, tileSide, tileSide, "jpeg");
  }

  async directories(): Promise<void> {
    let before = 8; // where the place of the next directory is written
    for (const [level, each] of this.levels.entries()) {
      const { entries, pointer } = await this.directory(each, level > 0);
      const at = await this.append(entries);
      await this.file.write(word(at), 0, 8, before);
      before = at + pointer;
    }
  }

  private async directory(level: Level, reduced: boolean): Promise<{ entries: Buffer; pointer: number }> {
    const { micronsPerPixel, compression } = this.options;
    const offsets = await this.words(level.offsets);
    const lengths = await this.words(level.bytes);
    const perCentimetre = Math.round((10_000 / micronsPerPixel) * (this.levels[0]!.width / level.width) ** -1 * 1000);
    const resolution = Buffer.alloc(8);
    resolution.writeUInt32LE(perCentimetre, 0);
    resolution.writeUInt32LE(1000, 4);
    const jpeg = compression === "jpeg";
    const short = (...values: number[]) => ({ type: 3, count: values.length, value: shorts(values) });
    const long = (value: number) => ({ type: 4, count: 1, value: padded(value) });
    const tags: [number, { type: number; count: number; value: Buffer }][] = [
      [254, long(reduced ? 1 : 0)],
      [256, long(level.width)],
      [257, long(level.height)],
      [258, short(8, 8, 8)],
      [259, short(jpeg ? 7 : 8)],
      [262, short(jpeg ? 6 : 2)], // JPEG keeps luminance and chroma
      [277, short(3)],
      [282, { type: 5, count: 1, value: resolution }],
      [283, { type: 5, count: 1, value: resolution }],
      [284, short(1)],
      [296, short(3)], // centimetre
      [322, long(tileSide)],
      [323, long(tileSide)],
      [324, { type: 16, count: level.offsets.length, value: offsets }],
      [325, { type: 16, count: level.bytes.length, value: lengths }],
      ...(jpeg ? ([[530, short(2, 2)]] as [number, ReturnType<typeof short>][]) : []),
    ];
    const entries = Buffer.alloc(8 + 20 * tags.length + 8);
    entries.writeBigUInt64LE(BigInt(tags.length), 0);
    for (const [index, [tag, { type, count, value }]] of tags.entries()) {
      const offset = 8 + 20 * index;
      entries.writeUInt16LE(tag, offset);
      entries.writeUInt16LE(type, offset + 2);
      entries.writeBigUInt64LE(BigInt(count), offset + 4);
      value.copy(entries, offset + 12);
    }
    return { entries, pointer: entries.length - 8 };
  }

  /** The value of an entry of 64-bit words: itself where it is one, else its place. */
  private async words(values: Float64Array): Promise<Buffer> {
    const bytes = Buffer.concat(Array.from(values, word));
    return bytes.length <= 8 ? bytes : word(await this.append(bytes));
  }
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function padded(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value);
  return bytes;
}

function shorts(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, 2 * index);
  return bytes;
}

/** Means of 2 x 2 pixels of a tile into a quarter of the one below. */
function shrinkInto(target: Uint8Array, tile: Uint8Array, left: number, top: number): void {
  const half = tileSide / 2;
  const line = 3 * tileSide;
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const from = 2 * y * line + 6 * x;
      const to = (top + y) * line + 3 * (left + x);
      for (let c = 0; c < 3; c++) {
        const sum = tile[from + c]! + tile[from + 3 + c]! + tile[from + line + c]! + tile[from + line + 3 + c]!;
        target[to + c] = (sum + 2) >> 2;
      }
    }
  }
}
