/**
 * @file The skeleton of a TIFF or BigTIFF file: its directories, in the order of their chain. No pixel is read.
 *
 * A second look before OpenSlide's: it bounds what a hostile file can claim, and says what was expected. After TIFF 6.0 and libtiff's
 * BigTIFF design. Hamamatsu's NDPI bends the format (offsets beyond 4 GB), and is left to OpenSlide.
 */
import { fstatSync, readSync } from "node:fs";
import { DomainError } from "@tessera/domain/errors";

export interface TiffEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the values begin in the file, and their bytes. */
  readonly at: number;
  readonly bytes: number;
}

export interface TiffDirectory {
  readonly at: number;
  readonly entries: ReadonlyMap<number, TiffEntry>;
}

/** At most: directories of a file, entries of one, bytes of one entry's values. */
const limits = { directories: 1000, entries: 1000, bytes: 256 * 2 ** 20 } as const;
/** Only NDPI has it: its chain is not ours to follow. */
export const ndpiTag = 65420;
/** Bytes of a value, by type. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8] as const;

export class TiffFile {
  readonly fd: number;
  readonly size: number;
  readonly little: boolean;
  readonly big: boolean;
  readonly directories: readonly TiffDirectory[];

  /** @throws DomainError BAD_FILE where the skeleton is broken */
  constructor(fd: number) {
    this.fd = fd;
    this.size = fstatSync(fd).size;
    const head = this.view(0, 16, "header");
    this.little = head.getUint8(0) === 0x49;
    this.big = head.getUint16(2, this.little) === 43;
    this.directories = this.readChain(this.big ? big(head, 8, this.little) : head.getUint32(4, this.little));
  }

  private view(at: number, length: number, what: string): DataView {
    if (at + length > this.size) {
      throw bad(`it is truncated: its ${what} should be at byte ${at}, and the file ends at ${this.size}`);
    }
    const bytes = Buffer.alloc(length);
    for (let read = 0; read < length; ) {
      const got = readSync(this.fd, bytes, read, length - read, at + read);
      if (got === 0) throw bad(`it is truncated: its ${what} cannot be read to its end`);
      read += got;
    }
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  private readChain(first: number): TiffDirectory[] {
    const directories: TiffDirectory[] = [];
    const seen = new Set<number>();
    for (let at = first; at !== 0; ) {
      if (seen.has(at)) {
        throw bad(
          `its directories form a loop: after ${directories.length} of them the chain comes back to byte ${at}`,
        );
      }
      if (directories.length === limits.directories) throw bad(`it has more than ${limits.directories} directories`);
      seen.add(at);
      const { directory, next } = this.readDirectory(at, directories.length);
      directories.push(directory);
      at = directory.entries.has(ndpiTag) ? 0 : next;
    }
    if (directories.length === 0) throw bad("it has no directory");
    return directories;
  }

  private readDirectory(at: number, place: number): { directory: TiffDirectory; next: number } {
    const what = `directory ${place + 1}`;
    const { little } = this;
    const [countBytes, entryBytes, wordBytes] = this.big ? [8, 20, 8] : [2, 12, 4];
    const head = this.view(at, countBytes, what);
    const count = this.big ? big(head, 0, little) : head.getUint16(0, little);
    if (count > limits.entries) throw bad(`its ${what} claims ${count} entries; expected at most ${limits.entries}`);
    const body = this.view(at + countBytes, count * entryBytes + wordBytes, what);
    const word = (offset: number) => (this.big ? big(body, offset, little) : body.getUint32(offset, little));
    const entries = new Map<number, TiffEntry>();
    for (let index = 0; index < count; index++) {
      const offset = index * entryBytes;
      const [tag, type] = [body.getUint16(offset, little), body.getUint16(offset + 2, little)];
      const values = word(offset + 4);
      const bytes = values * (typeBytes[type] ?? 0);
      const inline = bytes <= wordBytes;
      const valueAt = inline ? at + countBytes + offset + 4 + wordBytes : word(offset + 4 + wordBytes);
      if (bytes > limits.bytes) throw bad(`tag ${tag} of its ${what} claims ${values} values; that is over the limit`);
      if (!inline && valueAt + bytes > this.size) {
        throw bad(
          `it is truncated: tag ${tag} of its ${what} should end at byte ${valueAt + bytes}, and the file ends at ${this.size}`,
        );
      }
      entries.set(tag, { tag, type, count: values, at: valueAt, bytes });
    }
    return { directory: { at, entries }, next: word(count * entryBytes) };
  }

  /** The whole numbers of an entry; none where it is not there. */
  numbers(directory: TiffDirectory, tag: number): number[] {
    const entry = directory.entries.get(tag);
    if (entry === undefined || entry.bytes === 0) return [];
    const { type, count } = entry;
    const view = this.view(entry.at, entry.bytes, `tag ${tag}`);
    const one = typeBytes[type]!;
    const numberAt = (offset: number) => {
      if (one === 1) return view.getUint8(offset);
      if (one === 2) return view.getUint16(offset, this.little);
      return one === 4 ? view.getUint32(offset, this.little) : big(view, offset, this.little);
    };
    return Array.from({ length: count }, (_, index) => numberAt(index * one));
  }

  /** Of type ASCII, up to its first null byte; null where it is not there. */
  text(directory: TiffDirectory, tag: number): string | null {
    const entry = directory.entries.get(tag);
    if (entry === undefined || entry.type !== 2) return null;
    const view = this.view(entry.at, entry.bytes, `tag ${tag}`);
    return Buffer.from(view.buffer, view.byteOffset, entry.bytes).toString("latin1").split("\0", 1)[0]!;
  }
}

/** A word of eight bytes; beyond 2^53 no file is. */
const big = (view: DataView, offset: number, little: boolean): number => Number(view.getBigUint64(offset, little));

export const bad = (what: string) =>
  new DomainError("BAD_FILE", `The TIFF file is damaged or hostile: ${what}; copy it again from its source`);
