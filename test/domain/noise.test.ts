import type { ClassValues } from "@tessera/domain/classValues";
import { oneClass } from "@tessera/domain/classValues";
import { countComponents } from "@tessera/domain/components";
import { squaredDistances } from "@tessera/domain/distanceTransform";
import { moveBoundary } from "@tessera/domain/noise/boundary";
import { addClassNoise } from "@tessera/domain/noise/classNoise";
import { effectiveRate } from "@tessera/domain/noise/effectiveRate";
import { addMaskNoise } from "@tessera/domain/noise/maskNoise";
import { simplifyOutline } from "@tessera/domain/noise/polygon";
import { addBlobs, dropRegions } from "@tessera/domain/noise/regions";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const width = 50;
const height = 40;
const disc = (x0: number, y0: number, radius: number, into = new Uint8Array(width * height)) => {
  for (let at = 0; at < into.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if ((x - x0) ** 2 + (y - y0) ** 2 <= radius * radius) into[at] = 1;
  }
  return into;
};
const area = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);

describe("class noise", () => {
  const items = Array.from({ length: 20_000 }, (_, at) => ({ key: `${at}`, values: oneClass(at % 4, 4) }));
  const shape = { classes: 4, exclusive: true };
  const symmetric = { kind: "symmetric", rate: 0.4 } as const;

  it("symmetric: p % over K classes changes p (K - 1) / K, to every other class alike", () => {
    const { values, counts } = addClassNoise(items, symmetric, 1, shape);
    expect(counts.expectedRate).toBeCloseTo(effectiveRate(0.4, 4), 12);
    expect(counts.expectedRate).toBeCloseTo(0.3, 12);
    expect(counts.labels).toBe(20_000);
    expect(Math.abs(counts.drawn / 20_000 - 0.4)).toBeLessThan(0.012);
    expect(Math.abs(counts.changed / 20_000 - 0.3)).toBeLessThan(0.012);
    expect(counts.changed).toBe(values.filter((value, at) => value.indexOf(1) !== at % 4).length);
    const fromZero = values.filter((_, at) => at % 4 === 0);
    for (const to of [1, 2, 3]) {
      const share = fromZero.filter((value) => value[to] === 1).length / fromZero.length;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.02);
    }
  });

  it("is a function of the seed and the item alone, not of the others or their order", () => {
    const { values } = addClassNoise(items, symmetric, 1, shape);
    const backwards = addClassNoise(items.slice(0, 500).toReversed(), symmetric, 1, shape).values;
    expect(backwards.toReversed()).toEqual(values.slice(0, 500));
    expect(addClassNoise(items, symmetric, 2, shape).values).not.toEqual(values);
  });

  it("of a lower rate is within that of a higher one, label for label", () => {
    const mixed = (share: number) =>
      [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((to) => (to === row ? 1 - share : share / 3)));
    for (const [low, high] of [
      [
        { kind: "symmetric", rate: 0.2 },
        { kind: "symmetric", rate: 0.5 },
      ],
      [
        { kind: "asymmetric", matrices: [mixed(0.1)] },
        { kind: "asymmetric", matrices: [mixed(0.4)] },
      ],
    ] as const) {
      const [few, many] = [addClassNoise(items, low, 1, shape).values, addClassNoise(items, high, 1, shape).values];
      const corrupted = items.flatMap(({ values }, i) => (`${few[i]}` === `${values}` ? [] : [i]));
      expect(corrupted.length).toBeGreaterThan(50);
      for (const i of corrupted) expect(many[i]).toEqual(few[i]);
    }
  });

  it("asymmetric: by its matrix", () => {
    const matrix = [[0.7, 0.3, 0, 0], [0, 1, 0, 0], [0.1, 0, 0.9, 0], [0, 0, 0.5, 0.5]]; // biome-ignore format: a matrix
    const { values, counts } = addClassNoise(items, { kind: "asymmetric", matrices: [matrix] }, 3, shape);
    expect(counts.expectedRate).toBeCloseTo((0.3 + 0 + 0.1 + 0.5) / 4, 12);
    for (const [from, row] of matrix.entries()) {
      const labels = values.filter((_, at) => at % 4 === from);
      for (const [to, share] of row.entries()) {
        const found = labels.filter((value) => value[to] === 1).length / labels.length;
        expect(Math.abs(found - share)).toBeLessThan(0.025);
      }
    }
  });

  it("of classes that are not exclusive: each known value on its own, what is not known stays so", () => {
    const several = Array.from({ length: 8000 }, (_, at) => ({ key: `${at}`, values: [1, 0, null] as ClassValues }));
    const { values, counts } = addClassNoise(several, symmetric, 1, { classes: 3, exclusive: false });
    expect(counts.labels).toBe(16_000);
    expect(Math.abs(counts.changed / 16_000 - 0.2)).toBeLessThan(0.015);
    expect(values.every((value) => value[2] === null)).toBe(true);
  });

  it("instance-dependent: only disputed items, to what readers said, at the rate asked for", () => {
    const votes = (at: number) =>
      at % 5 === 0 ? [oneClass(at % 4, 4), oneClass((at + 1) % 4, 4)] : [oneClass(at % 4, 4)];
    const read = items.map((item, at) => ({ ...item, votes: votes(at) }));
    const { values, counts } = addClassNoise(read, { kind: "instanceDependent", rate: 0.1 }, 1, shape);
    expect(counts.expectedRate).toBeCloseTo(0.1, 12);
    expect(Math.abs(counts.changed / 20_000 - 0.1)).toBeLessThan(0.008);
    for (const [at, value] of values.entries()) {
      if (value[at % 4] !== 1) expect([at % 5, value[(at + 1) % 4]]).toEqual([0, 1]);
    }
    expect(() => addClassNoise(read, { kind: "instanceDependent", rate: 0.3 }, 1, shape)).toThrow("at most 0.2000");
  });
});

describe("mask noise", () => {
  const two = disc(30, 25, 6, disc(12, 12, 8));

  it("a boundary moves by a Euclidean distance, and back", () => {
    const grown = moveBoundary(two, width, height, 3);
    const toTruth = squaredDistances(two, width, height);
    expect([...grown]).toEqual([...toTruth].map((distance) => (distance <= 9 ? 1 : 0)));
    const shrunk = moveBoundary(two, width, height, -2);
    const toOutside = squaredDistances(two.map((value) => 1 - value), width, height); // biome-ignore format: short
    expect([...shrunk]).toEqual([...toOutside].map((distance) => (distance > 4 ? 1 : 0)));
    expect(area(moveBoundary(disc(5, 5, 2), width, height, -4))).toBe(0);
  });

  it("pieces are dropped one by one, at the chance given", () => {
    expect(area(dropRegions(two, width, height, 1, randomStream(1)))).toBe(0);
    expect([...dropRegions(two, width, height, 0, randomStream(1))]).toEqual([...two]);
    const left = Array.from({ length: 400 }, (_, seed) =>
      countComponents(dropRegions(two, width, height, 0.3, randomStream(seed)), width, height),
    );
    expect(Math.abs(left.reduce((a, b) => a + b) / 800 - 0.7)).toBeLessThan(0.06);
  });

  it("blobs are new pieces, and the mask stays below them", () => {
    const noisy = addBlobs(two, width, height, { count: 2, radius: [2, 3] }, randomStream(5));
    expect(countComponents(noisy, width, height)).toBe(4);
    expect(two.every((value, at) => value <= noisy[at]!)).toBe(true);
    const added = area(noisy) - area(two);
    expect(added).toBeGreaterThan(2 * 8);
    expect(added).toBeLessThan(2 * 36);
  });

  it("a polygon without tolerance is the mask, holes and touching corners too; with it, within the tolerance", () => {
    const odd = disc(12, 12, 8);
    odd[12 * width + 12] = 0;
    for (const at of [20, width + 21, 0]) odd[at] = 1; // two pixels that touch by a corner, and one in the image's corner
    expect([...simplifyOutline(odd, width, height, 0)]).toEqual([...odd]);
    const simple = simplifyOutline(two, width, height, 2);
    expect([...simple]).not.toEqual([...two]);
    const apart = (from: Uint8Array, to: Uint8Array) => {
      const distances = squaredDistances(to, width, height);
      return Math.sqrt(Math.max(...from.map((value, at) => (value ? distances[at]! : 0))));
    };
    expect(Math.max(apart(two, simple), apart(simple, two))).toBeLessThan(2 + Math.SQRT2);
  });

  it("is a function of the seed and the item, and spares the items that are not chosen", () => {
    const mask = { indices: two, width, height, classes: 1 };
    const model = { kind: "boundaryShift", pixels: 2, rate: 0.5 } as const;
    const noisy = Array.from({ length: 200 }, (_, at) => addMaskNoise(mask, model, 9, `${at}`));
    const areas = noisy.map(area);
    const spared = areas.filter((each) => each === area(two)).length;
    const grown = areas.filter((each) => each > area(two)).length;
    expect(Math.abs(spared - 100)).toBeLessThan(25);
    expect(Math.abs(grown - 50)).toBeLessThan(22);
    expect([...addMaskNoise(mask, model, 9, "7")]).toEqual([...noisy[7]!]);
  });

  it("keeps several classes in one index map", () => {
    const indices = disc(12, 12, 8).map((value, at) => (disc(30, 25, 6)[at] ? 2 : value));
    const noisy = addMaskNoise(
      { indices, width, height, classes: 2 },
      { kind: "dilation", pixels: 2, rate: 1 },
      1,
      "a",
    );
    const expected = moveBoundary(disc(30, 25, 6), width, height, 2);
    expect([...noisy].map((value) => (value === 2 ? 1 : 0))).toEqual([...expected]);
    expect(noisy[12 * width + 21]).toBe(1);
  });
});
