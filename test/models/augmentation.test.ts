import type { Augmentation } from "@tessera/domain/configuration/training";
import { augment } from "@tessera/models/augmentation/augment";
import { transform } from "@tessera/models/augmentation/geometry";
import { normalizedValues } from "@tessera/models/augmentation/normalize";
import { keyedRandom, shuffledIndices } from "@tessera/models/augmentation/random";
import { describe, expect, it } from "vitest";

const size = 6;
/** Every pixel of the image differs; a mask pixel is on where the image's first channel is odd. */
const image = Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 37 + 11) % 251);
const mask = Uint8Array.from({ length: size * size }, (_, pixel) => image[3 * pixel]! % 2);
const off: Augmentation = { flip: false, rotate90: false, brightness: 0 };
const all: Augmentation = { flip: true, rotate90: true, brightness: 0.5 };
const byte = (value: number) => Math.round((value + 1) * 127.5);

describe("augment", () => {
  it("only normalises where everything is off", () => {
    const item = augment(image, mask, size, off, { seed: 1, epoch: 0, index: 0 });
    expect([...item.image].map(byte)).toEqual([...image]);
    expect([...item.mask]).toEqual([...mask]);
    expect([Math.min(...normalizedValues), Math.max(...normalizedValues)]).toEqual([-1, 1]);
  });

  it("moves image and mask together, by all eight symmetries and no other", () => {
    const seen = new Set<string>();
    for (let index = 0; index < 100; index++) {
      const item = augment(image, mask, size, { ...all, brightness: 0 }, { seed: 3, epoch: 1, index });
      const fromImage = Array.from({ length: size * size }, (_, pixel) => byte(item.image[3 * pixel]!) % 2);
      expect([...item.mask]).toEqual(fromImage);
      seen.add(fromImage.join(""));
    }
    expect(seen.size).toBe(8);
  });

  it("changes brightness and contrast within the limit, and never the mask", () => {
    const grey = new Uint8Array(size * size * 3).fill(102); // 0.8 above black
    for (let index = 0; index < 50; index++) {
      const item = augment(grey, mask, size, { ...off, brightness: 0.25 }, { seed: 3, epoch: 1, index });
      const factor = (item.image[0]! + 1) / 0.8; // contrast leaves an even image as it is
      expect(factor).toBeGreaterThanOrEqual(0.75);
      expect(factor).toBeLessThanOrEqual(1.25);
      expect([...item.mask]).toEqual([...mask]);
    }
    const strong = augment(image, mask, size, { ...off, brightness: 0.9 }, { seed: 3, epoch: 1, index: 4 });
    expect(Math.max(...strong.image)).toBeLessThanOrEqual(1);
    expect(Math.min(...strong.image)).toBeGreaterThanOrEqual(-1);
  });

  it("depends on seed, epoch and index, and on nothing else", () => {
    const key = { seed: 1, epoch: 2, index: 3 };
    const item = augment(image, mask, size, all, key);
    augment(image, mask, size, all, { ...key, index: 9 });
    expect(augment(image, mask, size, all, key)).toEqual(item);
    for (const other of [{ seed: 2 }, { epoch: 3 }, { index: 4 }]) {
      expect(augment(image, mask, size, all, { ...key, ...other }).image).not.toEqual(item.image);
    }
  });

  it("keeps the turns when brightness is switched on", () => {
    for (let index = 0; index < 20; index++) {
      const masks = [0, 0.5].map(
        (brightness) => augment(image, mask, size, { ...all, brightness }, { seed: 1, epoch: 0, index }).mask,
      );
      expect(masks[1]).toEqual(masks[0]);
    }
  });

  it("changes neither image nor mask that came in, and refuses another size", () => {
    const [image0, mask0] = [image.slice(), mask.slice()];
    augment(image, mask, size, all, { seed: 1, epoch: 0, index: 0 });
    expect([image, mask]).toEqual([image0, mask0]);
    expect(() => augment(image, mask, 7, all, { seed: 1, epoch: 0, index: 0 })).toThrow(
      "size 7 takes 147 image values (grey: 49) and 49 mask values, got 108 and 36",
    );
  });
});

it("scales contrast about the image's mean and brightness about black, as a reference in plain arithmetic does", () => {
  const key = { seed: 5, epoch: 0, index: 2 };
  const random = keyedRandom(key);
  const [, , brightness, contrast] = [random(), random(), random(), random()].map((draw) => 1 + 0.5 * (2 * draw - 1));
  const units = [...image].map((value) => value / 127.5 - 1);
  const mean = units.reduce((sum, value) => sum + value, 0) / units.length;
  const expected = units.map((value) => (mean + (value - mean) * contrast! + 1) * brightness! - 1);
  const item = augment(image, mask, size, { ...off, brightness: 0.5 }, key);
  for (const [i, value] of item.image.entries()) {
    expect(value).toBeCloseTo(Math.min(1, Math.max(-1, expected[i]!)), 6);
  }
});

it("writes into a batch at its place and nowhere else", () => {
  const key = { seed: 1, epoch: 0, index: 0 };
  const batch = { image: new Float32Array(3 * image.length), mask: new Float32Array(3 * mask.length) };
  const place = {
    image: batch.image.subarray(image.length, 2 * image.length),
    mask: batch.mask.subarray(mask.length, 2 * mask.length),
  };
  const item = augment(image, mask, size, all, key);
  augment(image, mask, size, all, key, place);
  expect(place).toEqual(item);
  expect(batch.image.filter((value) => value !== 0)).toHaveLength(item.image.filter((value) => value !== 0).length);
});

it("transform turns clockwise, after it flips", () => {
  const square = Uint8Array.of(1, 2, 3, 4); // 1 2 / 3 4
  const same = Float32Array.from({ length: 256 }, (_, byte) => byte);
  const transformed = (flip: boolean, turns: number) => {
    const into = new Float32Array(4);
    transform(square, 2, 1, { flip, turns }, same, into);
    return [...into];
  };
  expect(transformed(false, 1)).toEqual([3, 1, 4, 2]);
  expect(transformed(true, 0)).toEqual([2, 1, 4, 3]);
  expect(transformed(true, 1)).toEqual([4, 2, 3, 1]);
});

describe("random numbers", () => {
  it("are even over [0, 1), also the first of neighbouring keys", () => {
    const stream = keyedRandom({ seed: 0, epoch: 0, index: 0 });
    const first = (index: number) => keyedRandom({ seed: 0, epoch: 0, index })();
    for (const draw of [() => stream(), first]) {
      const tenths = Array<number>(10).fill(0);
      for (let i = 0; i < 10_000; i++) tenths[Math.floor(draw(i) * 10)]!++;
      const chiSquare = tenths.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      expect(chiSquare).toBeLessThan(27.9); // 9 degrees of freedom, p = 0.001
    }
  });

  it("do not repeat under exchanged parts of the key", () => {
    const draw = (seed: number, epoch: number, index: number) => keyedRandom({ seed, epoch, index })();
    expect(new Set([draw(1, 2, 3), draw(3, 2, 1), draw(2, 1, 3), draw(1, 3, 2), draw(0, 0, 6)]).size).toBe(5);
  });

  it("shuffle: every index once, another order for another epoch, each place equally likely", () => {
    const order = shuffledIndices(50, { seed: 1, epoch: 1, index: 0 });
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(shuffledIndices(50, { seed: 1, epoch: 2, index: 0 })).not.toEqual(order);
    const places = Array<number>(5).fill(0); // where index 0 lands
    for (let epoch = 0; epoch < 5000; epoch++) places[shuffledIndices(5, { seed: 1, epoch, index: 0 }).indexOf(0)]!++;
    for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(120); // four standard deviations
  });
});
