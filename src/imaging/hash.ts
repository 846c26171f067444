/** @file The perceptual hash of a picture and the small grey copy beside it. */
import { perceptualHash } from "@tessera/domain/duplicates/perceptualHash";
import { type ItemHash, smallSide } from "@tessera/domain/duplicates/rule";
import { open, reading } from "./decode.ts";

/**
 * Grey is 0.299 R + 0.587 G + 0.114 B, stretched to 32 × 32 by Lanczos 3 as Pillow does, so that the hash is that of the Python
 * package imagehash but for rounding. libvips is not asked: where it enlarges, a mirrored picture's copy is not the mirrored copy.
 * @param bytes of an item's thumbnail, or of the item itself where it is no larger than that
 * @throws DomainError BAD_FILE
 */
export async function hashPicture(bytes: Uint8Array): Promise<ItemHash> {
  const opened = await open(bytes);
  const { width, height } = opened;
  const rgb = await reading(() =>
    opened.pipeline().flatten({ background: "black" }).toColourspace("srgb").raw().toBuffer(),
  );
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i++)
    grey[i] = 0.299 * rgb[3 * i]! + 0.587 * rgb[3 * i + 1]! + 0.114 * rgb[3 * i + 2]!;
  const pixels = stretched(grey, width, height);
  return { hash: perceptualHash(pixels), pixels };
}

/** @param grey [height*width] @returns [32*32], rounded */
export function stretched(grey: Float32Array, width: number, height: number): Uint8Array {
  const n = smallSide;
  const [columns, rows] = [steps(width), steps(height)];
  const across = new Float64Array(height * n); //               [height, n]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < n; x++) {
      const { from, weights } = columns[x]!;
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i]! * grey[y * width + from + i]!;
      across[y * n + x] = sum;
    }
  }
  const pixels = new Uint8Array(n * n);
  for (let y = 0; y < n; y++) {
    const { from, weights } = rows[y]!;
    for (let x = 0; x < n; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i]! * across[(from + i) * n + x]!;
      pixels[y * n + x] = Math.max(0, Math.min(255, Math.round(sum)));
    }
  }
  return pixels;
}

/** For each of the 32 steps of a side: the first pixel that counts, and the pixels' weights, with sum 1. */
function steps(side: number): { readonly from: number; readonly weights: readonly number[] }[] {
  const scale = side / smallSide;
  const stretch = Math.max(1, scale); // of the kernel: shrinking averages
  return Array.from({ length: smallSide }, (_, step) => {
    const centre = (step + 0.5) * scale;
    const from = Math.max(0, Math.round(centre - 3 * stretch));
    const to = Math.min(side, Math.round(centre + 3 * stretch));
    const values = Array.from({ length: to - from }, (_, i) => lanczos((from + i + 0.5 - centre) / stretch));
    const sum = values.reduce((total, value) => total + value, 0);
    return { from, weights: values.map((value) => value / sum) };
  });
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const lanczos = (x: number) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0);
