/**
 * @file Masks to PNG: 8-bit grey, one value per pixel. A canvas would write four channels, and may round what it draws.
 *
 * Source: W3C PNG, third edition: chunks (5.3), CRC (5.5 and annex D), filter type 0 (9.2); zlib's stream is the browser's own.
 */

/** @param pixels [height*width] */
export async function encodeGreyPng(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const lines = new Uint8Array(height * (width + 1)); // before each line its filter type: 0, none
  for (let y = 0; y < height; y++) lines.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 0, 0, 0, 0], 8); // 8 bits, grey, deflate, adaptive filters, not interlaced
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", await deflated(lines)),
    chunk("IEND", new Uint8Array()),
  ];
  const png = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    png.set(part, at);
    at += part.length;
  }
  return png;
}

/** What is stored of a drawn mask: 0 and 255 for one class, else 0 and class index + 1. */
export const storedValues = (indices: Uint8Array, classes: number): Uint8Array =>
  classes === 1 ? indices.map((value) => (value === 0 ? 0 : 255)) : indices;

/** The other way round. @param values as stored. A value that is no class is background. */
export const indicesOf = (values: Uint8Array, classes: number): Uint8Array =>
  values.map((value) => (classes === 1 ? (value > 127 ? 1 : 0) : value <= classes ? value : 0));

async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set([...type].map((letter) => letter.charCodeAt(0)), 4); // biome-ignore format: one line
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc(bytes.subarray(4, data.length + 8)));
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = table[(value ^ byte) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
