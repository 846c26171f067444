import { squaredDistances } from "@tessera/domain/distanceTransform";
import fc from "fast-check";
import { expect, it } from "vitest";

/** Of every pixel to every pixel of the mask. */
function byHand(mask: Uint8Array, width: number, { x: dx, y: dy }: { x: number; y: number }): number[] {
  const place = (at: number) => [at % width, Math.floor(at / width)] as const;
  const marked = [...mask.keys()].filter((at) => mask[at] !== 0).map(place);
  return [...mask.keys()].map((at) => {
    const [x, y] = place(at);
    return Math.min(...marked.map(([u, v]) => (dx * (x - u)) ** 2 + (dy * (y - v)) ** 2));
  });
}

const masks = fc
  .tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 13 }), fc.constantFrom(0.02, 0.1, 0.5))
  .chain(([width, height, share]) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: width * height, maxLength: width * height })
      .map((values) => ({ width, height, mask: Uint8Array.from(values, (value) => (value < share ? 255 : 0)) })),
  );

it("is exact, whatever the mask", () => {
  const exact = fc.property(masks, ({ width, height, mask }) => {
    expect([...squaredDistances(mask, width, height)]).toEqual(byHand(mask, width, { x: 1, y: 1 }));
  });
  fc.assert(exact, { numRuns: 300, seed: 1 });
});

it("measures in the pixel's own width and height", () => {
  const spacing = { x: 0.7, y: 2.3 };
  const exact = fc.property(masks, ({ width, height, mask }) => {
    const expected = byHand(mask, width, spacing);
    squaredDistances(mask, width, height, spacing).forEach((got, at) => {
      if (Number.isFinite(got)) expect(got).toBeCloseTo(expected[at]!, 9);
      else expect(expected[at]).toBe(got);
    });
  });
  fc.assert(exact, { numRuns: 200, seed: 2 });
});

it("is infinite for an empty mask, and refuses another length", () => {
  expect([...squaredDistances(new Uint8Array(4), 2, 2)]).toEqual(Array(4).fill(Number.POSITIVE_INFINITY));
  expect(() => squaredDistances(new Uint8Array(5), 2, 2)).toThrow("expected 2x2 = 4 pixels, got 5");
});
