/** @file The natural images beside the repository, as numbers: uncompressed BMP of 24 bits, reduced by averaging. */
import { readFileSync } from "node:fs";

/** @returns [size, size, 3], (x - 128) / 128, RGB: the largest square in the middle */
export function naturalImage(path: string, size: number): { shape: [number, number, number]; data: Float64Array } {
  const bytes = readFileSync(path);
  const [start, width, signedHeight] = [bytes.readUInt32LE(10), bytes.readInt32LE(18), bytes.readInt32LE(22)];
  const bits = bytes.readUInt16LE(28);
  if (bits !== 24 || bytes.readUInt32LE(30) !== 0) throw new Error(`${path}: ${bits} bits, or compressed`);
  const height = Math.abs(signedHeight);
  const stride = Math.ceil((width * 3) / 4) * 4;
  const side = Math.min(width, height);
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  const data = new Float64Array(size * size * 3);
  const value = (y: number, x: number, c: number) => {
    const row = signedHeight > 0 ? height - 1 - y : y;
    return bytes[start + row * stride + x * 3 + 2 - c]!;
  };
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const range = (at: number, offset: number): [number, number] => {
        const from = Math.floor(offset + (at * side) / size);
        return [from, Math.max(from + 1, Math.floor(offset + ((at + 1) * side) / size))];
      };
      const [[y0, y1], [x0, x1]] = [range(y, top), range(x, left)];
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let i = y0; i < y1; i++) for (let j = x0; j < x1; j++) sum += value(i, j, c);
        data[(y * size + x) * 3 + c] = (sum / ((y1 - y0) * (x1 - x0)) - 128) / 128;
      }
    }
  }
  return { shape: [size, size, 3], data };
}
