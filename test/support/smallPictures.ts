/** Small grey pictures that are hashed, each another one. */
import { perceptualHash } from "@tessera/domain/duplicates/perceptualHash";
import type { ItemHash } from "@tessera/domain/duplicates/rule";
import { randomStream } from "@tessera/domain/random";

/** Smooth blobs, others for every key: [32*32]. */
export function smallPicture(key: string): Uint8Array {
  const random = randomStream("picture", key);
  const blobs = Array.from({ length: 14 }, () => ({
    x: random.between(0, 32),
    y: random.between(0, 32),
    wide: random.between(1.5, 5),
    high: random.between(-90, 90),
  }));
  return Uint8Array.from({ length: 1024 }, (_, i) => {
    const [x, y] = [i % 32, Math.floor(i / 32)];
    const height = ({ x: u, y: v, wide, high }: (typeof blobs)[number]) =>
      high * Math.exp(-((x - u) ** 2 + (y - v) ** 2) / wide ** 2);
    const sum = blobs.reduce((total, blob) => total + height(blob), 128);
    return Math.max(0, Math.min(255, Math.round(sum)));
  });
}

export const darker = (pixels: Uint8Array) => pixels.map((value) => Math.round(0.8 * value));

export const hashed = (pixels: Uint8Array): ItemHash => ({ hash: perceptualHash(pixels), pixels });
