import { chanceOfNoPositive } from "@tessera/analysis/bags/noPositive";
import { expect, it } from "vitest";

/** By the definition, in exact whole numbers. */
function reference(tiles: number, positives: number, drawn: number): number {
  let [above, below] = [1n, 1n];
  for (let i = 0; i < drawn; i++) {
    above *= BigInt(tiles - positives - i);
    below *= BigInt(tiles - i);
  }
  const digits = 10n ** 18n;
  return Number((above * digits) / below) / 1e18;
}

it.each([
  [100, 0.6],
  [150, 0.47],
  [512, 0.07],
  [1024, 0.004],
])("50 positive tiles of 10,000, %d drawn: none with a chance of about %d", (drawn, published) => {
  const chance = chanceOfNoPositive(10_000, 50, drawn);
  expect(chance).toBeCloseTo(reference(10_000, 50, drawn), 12);
  expect(Number(chance.toFixed(published < 0.01 ? 3 : 2))).toBeCloseTo(published, 10);
});

it.each([
  { tiles: 10, positives: 3, drawn: 7, chance: 1 / 120 },
  { tiles: 10, positives: 3, drawn: 8, chance: 0 },
  { tiles: 10, positives: 0, drawn: 10, chance: 1 },
  { tiles: 10, positives: 10, drawn: 0, chance: 1 },
  { tiles: 4, positives: 2, drawn: 1, chance: 1 / 2 },
])("$positives of $tiles, $drawn drawn: $chance", ({ tiles, positives, drawn, chance }) => {
  expect(chanceOfNoPositive(tiles, positives, drawn)).toBeCloseTo(chance, 12);
});

it("falls with the draw, and is the same whichever of both is drawn", () => {
  const chances = [0, 10, 100, 1000, 5000].map((drawn) => chanceOfNoPositive(10_000, 20, drawn));
  expect(chances).toEqual(chances.toSorted((a, b) => b - a));
  expect(chanceOfNoPositive(1000, 30, 200)).toBeCloseTo(chanceOfNoPositive(1000, 200, 30), 14);
});

it("refuses numbers that are none of tiles", () => {
  expect(() => chanceOfNoPositive(10, 11, 1)).toThrow("positives: expected a whole number from 0 to 10, got 11");
  expect(() => chanceOfNoPositive(10, 1, 1.5)).toThrow("drawn: expected a whole number");
});
