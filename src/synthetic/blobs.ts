/** @file Wobbly blobs of an exact number of pixels: pieces of a planted region, specks beside it, holes in it. */
import type { RandomStream } from "@tessera/domain/random";

interface BlobAt {
  readonly pixels: number;
  /** Side of the square mask. */
  readonly size: number;
  /** Its middle, pixels. */
  readonly x: number;
  readonly y: number;
  readonly random: RandomStream;
}

/**
 * Grown from its middle, always by the pixel that lies least far out in a drawn shape and touches by a side: 4-connected. It has
 * no hole in practice, as the shape is a star around the middle; the tests look.
 * @returns indices into a [size*size] mask. The caller leaves it room: about twice the radius of a disc of its pixels.
 */
export function growBlob({ pixels, size, x, y, random }: BlobAt): number[] {
  const [stretch, turn] = [random.between(0.8, 1.25), random.between(0, Math.PI)];
  const waves = [2, 3, 5].map((k) => [k, random.between(0, 0.15 / k), random.between(0, 2 * Math.PI)] as const);
  const howFarOut = (i: number): number => {
    const [dx, dy] = [(i % size) + 0.5 - x, Math.floor(i / size) + 0.5 - y];
    const along = (dx * Math.cos(turn) + dy * Math.sin(turn)) / stretch;
    const across = (dy * Math.cos(turn) - dx * Math.sin(turn)) * stretch;
    const angle = Math.atan2(across, along);
    return (
      Math.hypot(along, across) / (1 + waves.reduce((sum, [k, a, phase]) => sum + a * Math.cos(k * angle + phase), 0))
    );
  };
  const blob: number[] = [];
  const seen = new Set<number>();
  const edge: { i: number; out: number }[] = [];
  const offer = (i: number) => {
    if (seen.has(i)) return;
    seen.add(i);
    edge.push({ i, out: howFarOut(i) });
  };
  offer(Math.floor(y) * size + Math.floor(x));
  while (blob.length < pixels) {
    let next = 0;
    for (let e = 1; e < edge.length; e++) if (edge[e]!.out < edge[next]!.out) next = e;
    const { i } = edge.splice(next, 1)[0]!;
    blob.push(i);
    if (i % size > 0) offer(i - 1);
    if (i % size < size - 1) offer(i + 1);
    if (i >= size) offer(i - size);
    if (i < size * (size - 1)) offer(i + size);
  }
  return blob;
}

export interface PlaceOptions {
  readonly pixels: number;
  readonly size: number;
  /** [size*size]: where 1, no blob, and none within `apart` pixels of it along either axis. */
  readonly taken: Uint8Array;
  readonly apart: number;
  /** Free along the mask's border. */
  readonly border: number;
  readonly random: RandomStream;
}

/** A blob at a drawn place that has room for it, or null after 300 tries. */
export function placeBlob({ pixels, size, taken, apart, border, random }: PlaceOptions): number[] | null {
  for (let attempt = 0; attempt < 300; attempt++) {
    const [x, y] = [random.between(border, size - border), random.between(border, size - border)];
    if (taken[Math.floor(y) * size + Math.floor(x)] === 1) continue;
    const blob = growBlob({ pixels, size, x, y, random });
    if (blob.every((i) => isFree(i, size, taken, apart, border))) return blob;
  }
  return null;
}

function isFree(i: number, size: number, taken: Uint8Array, apart: number, border: number): boolean {
  const [x, y] = [i % size, Math.floor(i / size)];
  if (Math.min(x, y) < border || Math.max(x, y) >= size - border) return false;
  for (let v = Math.max(0, y - apart); v <= Math.min(size - 1, y + apart); v++) {
    for (let u = Math.max(0, x - apart); u <= Math.min(size - 1, x + apart); u++)
      if (taken[v * size + u] === 1) return false;
  }
  return true;
}
