/**
 * @file The samples of a PNG as they stand in the file: palette indices stay indices, grey values of few bits stay small.
 *
 * libvips (src/imaging/decode.ts) turns both into colours, from which an index cannot always be told: palettes repeat colours.
 * After the PNG specification, third edition, sections 5 (chunks), 7 (scanlines) and 9 (filters).
 */
import { crc32, inflateSync } from "node:zlib";
import { DomainError } from "@tessera/domain/errors";
import { pixelLimit } from "./decode.ts";
import { checkEnding, imageFormat } from "./fileKind.ts";

export interface PngSamples {
  readonly width: number;
  readonly height: number;
  /** Grey or palette 1, grey and alpha 2, RGB 3, RGB and alpha 4. */
  readonly channels: number;
  /** [height*width*channels]; of 16-bit files the values as they are. */
  readonly samples: Uint8Array | Uint16Array;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly channels: number;
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const bad = (message: string, details: Record<string, unknown> = {}) => new DomainError("BAD_FILE", message, details);

/** @throws DomainError BAD_FILE */
export function pngSamples(bytes: Uint8Array, name?: string): PngSamples {
  const format = imageFormat(bytes);
  if (name !== undefined) checkEnding(name, format);
  if (format !== "png") {
    throw bad("Expected a PNG: JPEG compression changes pixel values, and here a value is a class; export it as PNG", {
      found: "jpeg",
    });
  }
  const { header, data } = readChunks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { width, height, channels, depth } = header;
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  const rows = inflated(data, height * (rowBytes + 1));
  unfilter(rows, rowBytes, height, Math.max(1, (channels * depth) / 8));
  return { width, height, channels, samples: unpacked(rows, rowBytes, header) };
}

function readChunks(file: Buffer): { header: Header; data: Buffer } {
  const parts: Buffer[] = [];
  let header: Header | undefined;
  for (let at = 8; ; ) {
    if (at + 12 > file.length) throw truncated();
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    const end = at + 8 + length;
    if (end + 4 > file.length) throw truncated();
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) {
      throw bad(`The file is damaged (its ${type} part fails its checksum); copy it again from its source`);
    }
    const body = file.subarray(at + 8, end);
    if (type === "IHDR") header = readHeader(body);
    if (type === "IDAT") parts.push(body);
    if (type === "IEND") break;
    at = end + 4;
  }
  if (header === undefined) throw bad("The file is damaged (it has no header); copy it again from its source");
  return { header, data: Buffer.concat(parts) };
}

function readHeader(body: Buffer): Header {
  if (body.length !== 13) throw bad("The file is damaged (its header is too short); copy it again from its source");
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
  const [depth, colour, interlace] = [body[8]!, body[9]!, body[12]!];
  const channels = channelsOf[colour];
  if (width === 0 || height === 0 || channels === undefined || ![1, 2, 4, 8, 16].includes(depth)) {
    throw bad("The file is damaged (its header makes no sense); copy it again from its source");
  }
  if (width * height > pixelLimit) {
    throw bad(
      `The image is too large: ${width}x${height} is over the limit of ${pixelLimit / 1024 / 1024} megapixels; export it smaller`,
      { width, height, pixelLimit },
    );
  }
  if (interlace !== 0) throw bad("The PNG is interlaced; save it without interlacing");
  return { width, height, depth, channels };
}

function inflated(data: Buffer, expected: number): Buffer {
  try {
    const rows = inflateSync(data, { maxOutputLength: expected });
    if (rows.length === expected) return rows;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "Z_BUF_ERROR") {
      throw bad(`The file is damaged and cannot be decoded; copy it again from its source (${message})`);
    }
  }
  throw truncated();
}

const truncated = () =>
  bad("The file is truncated: it ends before the image does; copy it again from its source", { truncated: true });

/** In place; `step` is how many bytes the pixel to the left lies back. */
function unfilter(rows: Buffer, rowBytes: number, height: number, step: number): void {
  for (let y = 0; y < height; y++) {
    const start = y * (rowBytes + 1) + 1;
    const filter = rows[start - 1]!;
    if (filter > 4) throw bad("The file is damaged (an unknown row filter); copy it again from its source");
    if (filter === 0) continue;
    for (let x = 0; x < rowBytes; x++) {
      const at = start + x;
      const left = x >= step ? rows[at - step]! : 0;
      const above = y > 0 ? rows[at - rowBytes - 1]! : 0;
      const corner = x >= step && y > 0 ? rows[at - rowBytes - 1 - step]! : 0;
      rows[at]! += predicted(filter, left, above, corner);
    }
  }
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const estimate = left + above - corner; // Paeth
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - above), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function unpacked(
  rows: Buffer,
  rowBytes: number,
  { width, height, depth, channels }: Header,
): Uint8Array | Uint16Array {
  const perRow = width * channels;
  const samples = depth === 16 ? new Uint16Array(perRow * height) : new Uint8Array(perRow * height);
  const mask = 2 ** depth - 1;
  for (let y = 0; y < height; y++) {
    const start = y * (rowBytes + 1) + 1;
    for (let x = 0; x < perRow; x++) {
      const bit = x * depth;
      const at = start + (bit >> 3);
      samples[y * perRow + x] = depth === 16 ? rows.readUInt16BE(at) : (rows[at]! >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}
