/**
 * @file How a record lies in a spool file.
 *
 *   4 bytes   length of the body, little-endian
 *   4 bytes   CRC-32 of the body
 *   body      structured clone (keeps NaN, infinities and -0, which JSON would lose)
 */
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";

export const headerBytes = 8;
/** Far above any record; a length beyond it is a torn header. */
const maxBodyBytes = 256 * 2 ** 20;

export function encodeFrame(record: unknown): Buffer {
  const body = serialize(record);
  const frame = Buffer.alloc(headerBytes + body.length);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt32LE(crc32(body), 4);
  body.copy(frame, headerBytes);
  return frame;
}

/** Length of the body, or null when the header cannot be one. */
export function bodyLength(header: Buffer): number | null {
  const length = header.readUInt32LE(0);
  return length > 0 && length <= maxBodyBytes ? length : null;
}

/** @returns the record, or undefined when the bytes are torn or altered. */
export function decodeFrame(frame: Buffer): unknown {
  const body = frame.subarray(headerBytes);
  if (crc32(body) !== frame.readUInt32LE(4)) return undefined;
  return deserialize(body);
}
