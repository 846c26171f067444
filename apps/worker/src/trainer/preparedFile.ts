/**
 * @file Decoded items in one file, written in any order and read one at a time.
 *
 *   records   [items]: an image [size, size, 3], 0..255, and, where labels are masks, its mask [size, size], 0 or class index + 1
 *   sums      [items]: CRC-32 of each record, 4 bytes little-endian
 *
 * The file gets its name when its last record is written: what has the name is whole. A reader that has it open keeps it, also
 * when another worker takes the name away.
 */
import { type FileHandle, open, rename, rm, utimes } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { ItemPixels } from "@tessera/training/items";

export interface RecordLayout {
  /** Side of an item, pixels. */
  readonly size: number;
  readonly masks: boolean;
}

export interface Layout extends RecordLayout {
  readonly items: number;
}

export const recordBytes = ({ size, masks }: RecordLayout): number => size * size * (masks ? 4 : 3);

export const pixelsOf = (record: Uint8Array, size: number): ItemPixels => ({
  image: record.subarray(0, size * size * 3),
  mask: record.subarray(size * size * 3),
});

export const fileBytes = (layout: Layout): number => layout.items * (recordBytes(layout) + 4);

export class PreparedFile {
  private readonly file: FileHandle;
  private readonly layout: Layout;
  private readonly sums: Uint32Array;
  private readonly written: Uint8Array;

  private constructor(file: FileHandle, layout: Layout, sums: Uint32Array, written: Uint8Array) {
    this.file = file;
    this.layout = layout;
    this.sums = sums;
    this.written = written;
  }

  /** A whole file, or null where there is none of this layout. */
  static async openWhole(path: string, layout: Layout): Promise<PreparedFile | null> {
    const file = await open(path, "r").catch(() => null); // not there, or taken away by another worker at this moment
    if (file === null) return null;
    const sums = await readSums(file, layout).catch(() => null); // a disk that cannot read it
    if (sums === null) {
      await file.close();
      return null;
    }
    await utimes(path, new Date(), new Date()).catch(() => undefined); // used last; see preparedCache.ts
    return new PreparedFile(file, layout, sums, new Uint8Array(layout.items).fill(1));
  }

  /** An empty file, under a name of its own. */
  static async create(path: string, layout: Layout): Promise<PreparedFile> {
    const file = await open(path, "w+");
    return new PreparedFile(file, layout, new Uint32Array(layout.items), new Uint8Array(layout.items));
  }

  /** The item's record, or null where it is not written yet, was altered since, or cannot be read. */
  async read(index: number): Promise<Uint8Array | null> {
    if (this.written[index] === 0) return null;
    const record = new Uint8Array(recordBytes(this.layout));
    const { bytesRead } = await this.file
      .read(record, 0, record.length, index * record.length)
      .catch(() => ({ bytesRead: 0 }));
    return bytesRead === record.length && crc32(record) === this.sums[index] ? record : null;
  }

  async write(index: number, record: Uint8Array): Promise<void> {
    await writeWhole(this.file, record, index * record.length);
    this.sums[index] = crc32(record);
    this.written[index] = 1;
  }

  /** Gives the file, all of whose records are written, its name. */
  async finish(temporary: string, path: string): Promise<void> {
    const sums = Buffer.alloc(this.sums.length * 4);
    for (const [index, sum] of this.sums.entries()) sums.writeUInt32LE(sum, 4 * index);
    await writeWhole(this.file, sums, this.layout.items * recordBytes(this.layout));
    await this.file.sync();
    await rename(temporary, path);
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

export const removeFile = (path: string): Promise<void> => rm(path, { force: true });

/** Null where the file has another length. */
async function readSums(file: FileHandle, layout: Layout): Promise<Uint32Array | null> {
  const sums = Buffer.alloc(layout.items * 4);
  const { bytesRead } = await file.read(sums, 0, sums.length, layout.items * recordBytes(layout));
  if (bytesRead !== sums.length || (await file.stat()).size !== fileBytes(layout)) return null;
  return Uint32Array.from({ length: layout.items }, (_, index) => sums.readUInt32LE(4 * index));
}

/** A write may take a part only. */
async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}
