/** @file Zips and .npz files with whatever is wrong that a test wants. */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly bytes: Buffer;
  /** What the directory claims. Absent: what is true. */
  readonly size?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly flags?: number;
}

export function zip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, size = bytes.length, crc = crc32(bytes), method = 8, flags = 0 } of parts) {
    const body = method === 8 ? deflateRawSync(bytes) : bytes;
    const text = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(text.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(body.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(text.length, 28);
    central.writeUInt32LE(at, 42);
    bodies.push(local, text, body);
    directory.push(central, text);
    at += 30 + text.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

/** An array's file, of format 1. @param header replaces what describes it */
export function npy(
  shape: readonly number[],
  values: Uint8Array,
  header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")},), }\n`,
): Buffer {
  const start = Buffer.alloc(10);
  start.write("\x93NUMPY\x01\x00", "latin1");
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, Buffer.from(header, "latin1"), values]);
}

export const npz = (arrays: Readonly<Record<string, { shape: readonly number[]; values: Uint8Array }>>): Buffer =>
  zip(Object.entries(arrays).map(([name, { shape, values }]) => ({ name: `${name}.npy`, bytes: npy(shape, values) })));
