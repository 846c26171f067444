import { countComponents } from "@tessera/domain/components";
import { labelComponents } from "@tessera/domain/labelComponents";
import fc from "fast-check";
import { expect, it } from "vitest";

const rows = (...lines: string[]) => Uint8Array.from(lines.join(""), Number);

it("numbers pieces by their first pixel; a corner joins, the border does not", () => {
  const mask = rows("01001", "10000", "00011");
  expect([...labelComponents(mask, 5, 3)]).toEqual([...rows("01002", "10000", "00033")]);
  expect([...labelComponents(rows("001", "100"), 3, 2)]).toEqual([...rows("001", "200")]);
});

it("finds as many as are counted, each pixel with its neighbours", () => {
  const width = 9;
  const height = 8;
  const masks = fc.array(fc.constantFrom(0, 0, 1), { minLength: width * height, maxLength: width * height });
  const agree = fc.property(masks, (values) => {
    const mask = Uint8Array.from(values);
    const labels = labelComponents(mask, width, height);
    expect(new Set(labels.filter((label) => label > 0)).size).toBe(countComponents(mask, width, height));
    expect(labels.map((label) => Math.min(label, 1))).toEqual(Int32Array.from(mask));
    for (let at = 1; at < mask.length; at++) {
      if (at % width > 0 && mask[at] && mask[at - 1]) expect(labels[at]).toBe(labels[at - 1]);
    }
  });
  fc.assert(agree, { numRuns: 200, seed: 3 });
});

it("refuses another length", () => {
  expect(() => labelComponents(new Uint8Array(5), 2, 2)).toThrow("expected 2x2 = 4 pixels, got 5");
});
