import { describe, expect, it } from "vitest";
import { sortedColumns, topShare } from "../../apps/web/src/features/tileMaps/sortedTiles.ts";

describe("a bag's tiles by their value", () => {
  it("have a column each, highest first, or share one as their mean", () => {
    const values = Float32Array.of(1, 4, 2, 3, -5);
    expect(sortedColumns(values, 240)).toEqual([4, 3, 2, 1, -5]);
    expect(sortedColumns(values, 2)).toEqual([(4 + 3) / 2, (2 + 1 - 5) / 3]);
    expect([...values]).toEqual([1, 4, 2, 3, -5]); // what was fetched stays in its order
  });

  it("tell what the highest tenth has of all that is above 0; nothing where none is", () => {
    const values = Float32Array.from({ length: 20 }, (_, tile) => (tile < 2 ? 4 : tile < 4 ? 1 : -1));
    expect(topShare(values)).toBe((4 + 4) / (4 + 4 + 1 + 1));
    expect(topShare(Float32Array.of(0, -1))).toBeNull();
  });
});
