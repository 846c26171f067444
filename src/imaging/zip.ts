/**
 * @file The files of a small zip, read by its central directory (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16), with
 * limits. Sizes come from the directory alone, and nothing is inflated beyond them. No encryption, no parts, no zip64: what would
 * need it is over the limit anyway.
 */
import { crc32, inflateRawSync } from "node:zlib";
import { DomainError } from "@tessera/domain/errors";

export interface ZipEntry {
  readonly name: string;
  /** Bytes, inflated. */
  readonly size: number;
  /** @throws DomainError BAD_FILE */
  read(): Buffer;
}

/** Of all files together, inflated. */
export const zipByteLimit = 512 * 2 ** 20;
const mostEntries = 1000;
const endBytes = 22;
const mostComment = 65535;

const bad = (message: string, details: Record<string, unknown> = {}) => new DomainError("BAD_FILE", message, details);
const damaged = (what: string) => bad(`The zip is damaged (${what}); copy it again from its source`);

/** @throws DomainError BAD_FILE */
export function zipEntries(file: Buffer): ZipEntry[] {
  if (file.length < 4 || file.readUInt32LE(0) !== 0x04034b50) {
    throw bad("Expected a zip, as .npz files are; the file is none", { found: "no zip" });
  }
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count > mostEntries) throw bad(`The zip holds ${count} files; expected at most ${mostEntries}`);
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  let total = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || file.readUInt32LE(at) !== 0x02014b50) throw damaged("its directory");
    const nameLength = file.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    if (next > end) throw damaged("its directory");
    const entry = {
      name: file.toString("utf8", at + 46, at + 46 + nameLength),
      encrypted: (file.readUInt16LE(at + 8) & 1) === 1,
      method: file.readUInt16LE(at + 10),
      crc: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      start: file.readUInt32LE(at + 42),
    };
    total += entry.size;
    if (entry.encrypted) throw bad(`${entry.name} in the zip is encrypted; save it without a password`);
    if (total > zipByteLimit) {
      throw bad(`The zip unpacks to over ${zipByteLimit / 2 ** 20} MiB; save smaller images or fewer of them`, {
        zipByteLimit,
      });
    }
    if (seen.has(entry.name)) throw damaged(`it has ${entry.name} twice`);
    seen.add(entry.name);
    entries.push({ name: entry.name, size: entry.size, read: () => read(file, entry) });
    at = next;
  }
  return entries;
}

/** Where the end record begins: last, but for a comment. */
function endOf(file: Buffer): number {
  for (let at = file.length - endBytes; at >= Math.max(0, file.length - endBytes - mostComment); at--) {
    if (file.readUInt32LE(at) === 0x06054b50 && at + endBytes + file.readUInt16LE(at + 20) === file.length) return at;
  }
  throw bad("The zip is truncated: it ends before its directory; copy it again from its source", { truncated: true });
}

interface Packed {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly start: number;
}

function read(file: Buffer, { name, method, crc, packed, size, start }: Packed): Buffer {
  if (start + 30 > file.length || file.readUInt32LE(start) !== 0x04034b50) throw damaged(name);
  const from = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
  if (from + packed > file.length) throw damaged(name);
  const body = file.subarray(from, from + packed);
  const bytes = method === 0 ? body : method === 8 ? inflated(name, body, size) : null;
  if (bytes === null) throw bad(`${name} in the zip is packed by method ${method}; expected stored or deflate`);
  if (bytes.length !== size || crc32(bytes) !== crc) throw damaged(`${name} fails its checksum`);
  return bytes;
}

function inflated(name: string, body: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw damaged(`${name} cannot be inflated to ${size} bytes`);
  }
}
