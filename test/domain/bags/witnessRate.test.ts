import { composeBags, witnessesOf } from "@tessera/domain/bags/witnessRate";
import { describe, expect, it } from "vitest";

/** Every tenth tile is positive. */
const tiles = Array.from({ length: 5000 }, (_, place) => place % 10 === 0);
const composition = { rate: 0.02, tiles: 200, bags: 40, seed: 3 };

describe("bags composed at a witness rate", () => {
  it.each([
    { rate: 0.001, size: 1000, witnesses: 1 },
    { rate: 0.001, size: 100, witnesses: 1 },
    { rate: 0.005, size: 1000, witnesses: 5 },
    { rate: 0.5, size: 100, witnesses: 50 },
  ])("have $witnesses positive tiles of $size at $rate, and negative bags none", ({ rate, size, witnesses }) => {
    for (const bag of composeBags(tiles, { ...composition, rate, tiles: size })) {
      expect(bag.tiles).toHaveLength(size);
      expect(new Set(bag.tiles).size).toBe(size);
      expect(bag.tiles.filter((place) => tiles[place]).length).toBe(bag.positive ? witnesses : 0);
      expect(bag.witnesses).toBe(bag.positive ? witnesses : 0);
    }
    expect(witnessesOf({ rate, tiles: size })).toBe(witnesses);
  });

  it("are half positive, the same for the same seed and other ones for another", () => {
    const bags = composeBags(tiles, composition);
    expect(bags.filter(({ positive }) => positive)).toHaveLength(20);
    expect(composeBags(tiles, composition)).toEqual(bags);
    expect(composeBags(tiles, { ...composition, seed: 4 })).not.toEqual(bags);
  });

  it("differ from rate to rate in the witnesses alone: the fewer are among the more, in the same places", () => {
    const [few, more] = [0.02, 0.1].map((rate) => composeBags(tiles, { ...composition, rate }));
    for (const [index, bag] of few!.entries()) {
      const other = more![index]!;
      if (!bag.positive) expect(other).toEqual(bag);
      for (const [place, tile] of bag.tiles.entries()) {
        if (tiles[tile]) expect(other.tiles[place]).toBe(tile);
        else if (!tiles[other.tiles[place]!]) expect(other.tiles[place]).toBe(tile);
      }
    }
  });

  it("do not say by the place of a tile whether it is positive", () => {
    const places = composeBags(tiles, { ...composition, bags: 2000 }).flatMap((bag) =>
      bag.tiles.flatMap((tile, place) => (tiles[tile] ? [place] : [])),
    );
    const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
    const error = Math.sqrt((200 ** 2 - 1) / 12 / places.length);
    expect(Math.abs(mean - 99.5)).toBeLessThan(4 * error);
  });
});

it.each([
  [{ rate: 0.0005 }, "rate: expected a share from 0.001 to 0.5"],
  [{ rate: 0.6 }, "rate: expected a share"],
  [{ tiles: 0 }, "tiles: expected a positive whole number"],
  [{ bags: 1.5 }, "bags: expected a positive whole number"],
  [{ tiles: 4600 }, "needs 92 positive and 4600 negative, and the fold has 500 positive and 4500 negative tiles"],
])("refuses %j", (change, message) => {
  expect(() => composeBags(tiles, { ...composition, ...change })).toThrow(message);
});
