import { readFileSync } from "node:fs";
import { countComponents } from "@tessera/domain/components";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Counted by SciPy: see test/models/fixtures/make.py. */
const { masks: scipyMasks } = JSON.parse(
  readFileSync(new URL("../models/fixtures/fixtures.json", import.meta.url), "utf8"),
) as { masks: { width: number; height: number; truth: string; components: number }[] };

const drawn = (...rows: string[]) =>
  [Uint8Array.from(rows.join(""), (c) => (c === "#" ? 1 : 0)), rows[0]!.length, rows.length] as const;

/** Flood fill, sharing no code with the counted runs. */
function byFlooding(mask: Uint8Array, width: number, height: number): number {
  const left = new Set([...mask.keys()].filter((i) => mask[i] !== 0));
  let pieces = 0;
  for (const seed of left) {
    pieces++;
    const stack = [seed];
    left.delete(seed);
    while (stack.length > 0) {
      const at = stack.pop()!;
      for (const dy of [-1, 0, 1]) {
        for (const dx of [-1, 0, 1]) {
          const [x, y] = [(at % width) + dx, Math.floor(at / width) + dy];
          if (x >= 0 && x < width && y >= 0 && y < height && left.delete(y * width + x)) stack.push(y * width + x);
        }
      }
    }
  }
  return pieces;
}

describe("countComponents", () => {
  it.each([
    { name: "empty", picture: drawn("...", "..."), expected: 0 },
    { name: "corners touch", picture: drawn("#..", ".#.", "..#"), expected: 1 },
    { name: "corners touch leftwards", picture: drawn("..#", ".#.", "#.."), expected: 1 },
    { name: "a gap of one", picture: drawn("#.#", "#.#"), expected: 2 },
    { name: "a U joins late", picture: drawn("#.#", "#.#", "###"), expected: 1 },
    { name: "row ends do not touch", picture: drawn("..#", "#.."), expected: 2 },
    { name: "row ends do not touch, a row between", picture: drawn("..#", "...", "#.."), expected: 2 },
    { name: "a ring with a dot inside", picture: drawn("#####", "#...#", "#.#.#", "#...#", "#####"), expected: 2 },
  ])("$name", ({ picture, expected }) => expect(countComponents(...picture)).toBe(expected));

  it.each(scipyMasks)("equals SciPy on $width × $height", ({ truth, width, height, components }) => {
    expect(countComponents(Uint8Array.from(truth, Number), width, height)).toBe(components);
  });

  it("agrees with flood fill on random masks", () => {
    const masks = fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .chain(([w, h]) =>
        fc.tuple(fc.uint8Array({ minLength: w * h, maxLength: w * h, max: 1 }), fc.constant(w), fc.constant(h)),
      );
    fc.assert(
      fc.property(masks, ([mask, width, height]) => {
        expect(countComponents(mask, width, height)).toBe(byFlooding(mask, width, height));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("refuses a length that is not the size", () => {
    expect(() => countComponents(new Uint8Array(5), 2, 3)).toThrow("2x3 = 6 pixels, got 5");
  });
});
