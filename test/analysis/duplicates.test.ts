/** Duplicates: the index against every pair looked at, planted copies, and what may not be taken for one. */
import { subjectGroups } from "@tessera/analysis/duplicates/groups";
import { bitsBetween, hashIndex } from "@tessera/analysis/duplicates/hashIndex";
import { correlation, localContrast, partOf, shifted } from "@tessera/analysis/duplicates/localContrast";
import { turnings } from "@tessera/analysis/duplicates/orientations";
import { duplicatesAcross, duplicatesWithin, found } from "@tessera/analysis/duplicates/search";
import { labelsConflict } from "@tessera/domain/duplicates/labels";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";
import { hashed, smallPicture as picture } from "../support/smallPictures.ts";

describe("the index of hashes", () => {
  it("finds what looking at every hash finds", () => {
    const random = randomStream("hashes");
    const anyHash = () => Uint8Array.from({ length: 8 }, () => random.integer(256));
    const near = (hash: Uint8Array, flips: number) => {
      const other = hash.slice();
      for (let i = 0; i < flips; i++) other[random.integer(8)]! ^= 1 << random.integer(8);
      return other;
    };
    const centres = Array.from({ length: 30 }, anyHash);
    const hashes = centres.flatMap((centre) => Array.from({ length: 20 }, (_, i) => near(centre, i)));
    const index = hashIndex(hashes);
    let total = 0;
    for (const asked of centres) {
      for (const most of [3, 6, 10]) {
        const places: number[] = [];
        index.near(asked, most, (place) => places.push(place));
        const expected = hashes.flatMap((hash, place) => (bitsBetween(hash, asked) <= most ? [place] : []));
        expect(places.sort((a, b) => a - b)).toEqual(expected);
        total += expected.length;
      }
    }
    expect(total).toBeGreaterThan(500);
  });
});

describe("local contrast", () => {
  it("is the definition written out", () => {
    const pixels = picture("definition");
    const contrast = Array.from(pixels, (value, i) => {
      const [x, y] = [i % 32, Math.floor(i / 32)];
      const window: number[] = [];
      for (let v = Math.max(0, y - 3); v <= Math.min(31, y + 3); v++)
        for (let u = Math.max(0, x - 3); u <= Math.min(31, x + 3); u++) window.push(pixels[v * 32 + u]!);
      const mean = window.reduce((a, b) => a + b) / window.length;
      const variance = window.reduce((sum, each) => sum + (each - mean) ** 2, 0) / window.length;
      return (value - mean) / Math.sqrt(variance + 16);
    });
    const mean = contrast.reduce((a, b) => a + b) / contrast.length;
    const most = Math.max(...contrast.map((value) => Math.abs(value - mean)));
    const { values } = localContrast(pixels);
    const apart = contrast.map((value, i) => Math.abs(values[i]! - (127 * (value - mean)) / most));
    expect(Math.max(...apart)).toBeLessThan(0.51); // rounded
  });

  it("does not change with brightness, and is none of a flat picture", () => {
    const pixels = picture("brightness");
    const darker = pixels.map((value) => Math.round(value * 0.6));
    expect(correlation(localContrast(pixels), localContrast(darker))).toBeGreaterThan(0.97);
    expect(localContrast(new Uint8Array(1024).fill(9)).length).toBe(0);
  });
});

describe("two contrasts of which one is moved", () => {
  it("correlate over what overlaps, by the definition written out", () => {
    const [a, b] = [localContrast(picture("moved")), localContrast(picture("other"))];
    for (const [dx, dy] of [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y] as const))) {
      let [sum, ofA, ofB] = [0, 0, 0];
      for (let y = 0; y < 32; y++) {
        for (let x = 0; x < 32; x++) {
          if (x - dx < 0 || x - dx > 31 || y - dy < 0 || y - dy > 31) continue;
          const [p, q] = [a.values[(y - dy) * 32 + x - dx]!, b.values[y * 32 + x]!];
          [sum, ofA, ofB] = [sum + p * q, ofA + p * p, ofB + q * q];
        }
      }
      expect(shifted(a, b, dx, dy)).toBe(sum / Math.sqrt(ofA * ofB));
    }
  });
});

describe("search", () => {
  const originals = Array.from({ length: 60 }, (_, i) => picture(`original ${i}`));
  const crop = (pixels: Uint8Array, dx: number, dy: number) =>
    Uint8Array.from(partOf(pixels, { scale: 0.93, dx, dy }), Math.round);

  it("finds copies that are darker, cropped, mirrored and turned, and nothing else", () => {
    const copies = [
      originals[3]!.map((value) => Math.round(0.7 * value)),
      crop(originals[5]!, 0, 0),
      crop(originals[8]!, 1, -0.6),
      ...turnings.slice(1).map(({ order }, i) => Uint8Array.from(order, (from) => originals[20 + i]![from]!)),
      originals[50]!,
    ];
    const of = [3, 5, 8, ...turnings.slice(1).map((_, i) => 20 + i), 50];
    const pairs = found(duplicatesWithin([...originals, ...copies].map(hashed)));
    expect(pairs.map(({ a, b }) => [a, b])).toEqual(of.map((a, i) => [a, originals.length + i]));
    expect(pairs.slice(3, -1).map(({ orientation }) => orientation)).toEqual(
      turnings.slice(1).map((each) => each.orientation),
    );
    expect(pairs.at(-1)).toMatchObject({ bits: 0, orientation: "as it is" });
    expect(pairs.at(-1)!.correlation).toBeCloseTo(1, 9);
    const across = found(duplicatesAcross(copies.map(hashed), originals.map(hashed)));
    expect(across.map(({ a, b }) => [a, b])).toEqual(of.map((b, a) => [a, b]));
  });

  it("takes flat pictures for copies only where they are equal", () => {
    const flat = [0, 0, 255].map((grey) => hashed(new Uint8Array(1024).fill(grey)));
    expect(found(duplicatesWithin(flat)).map(({ a, b }) => [a, b])).toEqual([[0, 1]]);
  });
});

describe("groups", () => {
  it("join the subjects that share a picture, by way of others too", () => {
    const items = ["a", "a", "b", "c", "d"].map((subject, i) => ({ id: `i${i}`, subject }));
    const pairs = [
      { first: "i1", second: "i2" },
      { first: "i3", second: "i2" },
    ];
    expect(subjectGroups(items, pairs)).toEqual(["a", "a", "a", "a", "d"]);
    expect(subjectGroups(items, [])).toEqual(["a", "a", "b", "c", "d"]);
  });
});

describe("labels of copies", () => {
  const classes = (...classValues: (0 | 1 | null)[]) => ({ classValues, shares: [] });
  const areas = (...shares: number[]) => ({ classValues: null, shares });
  it.each([
    { a: classes(1, 0), b: classes(1, 0), expected: false },
    { a: classes(1, 0), b: classes(0, 1), expected: true },
    { a: classes(1, null), b: classes(1, 0), expected: false },
    { a: areas(0.1), b: areas(0.11), expected: false },
    { a: areas(0.1), b: areas(0.14), expected: true },
    { a: areas(0.1, 0), b: areas(0.1, 0.01), expected: true },
    { a: areas(0), b: areas(0), expected: false },
    { a: areas(0.1), b: null, expected: null },
    { a: areas(0.1), b: classes(1), expected: null },
  ])("$a and $b: $expected", ({ a, b, expected }) => expect(labelsConflict(a, b)).toBe(expected));
});
