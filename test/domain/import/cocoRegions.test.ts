import { readFileSync } from "node:fs";
import { drawRegions, type Shape } from "@tessera/domain/import/coco/regions";
import { describe, expect, it } from "vitest";

interface Fixture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly polygons?: number[][];
  readonly counts?: string;
  /** Down the columns, background first. */
  readonly runs: readonly number[];
}
const fixtures = JSON.parse(readFileSync(new URL("fixtures/cocoRegions.json", import.meta.url), "utf8")) as Fixture[];

const draw = (shape: Shape, width: number, height: number) => drawRegions([{ classIndex: 0, shape }], width, height);
const expected = ({ runs, width, height }: Fixture) => {
  const map = new Uint8Array(width * height);
  const columns = runs.flatMap((length, index) => new Array<number>(length).fill(index % 2));
  for (const [at, value] of columns.entries()) map[(at % height) * width + Math.floor(at / height)] = value;
  return [...map];
};

describe("as pycocotools draws it", () => {
  it.each(fixtures)("$name", (fixture) => {
    const { polygons, counts, width, height, runs } = fixture;
    const shape: Shape = polygons ? { polygons } : { counts: counts!, size: [height, width] };
    expect([...draw(shape, width, height)]).toEqual(expected(fixture));
    expect([...draw({ counts: runs, size: [height, width] }, width, height)]).toEqual(expected(fixture));
  });
});

describe("several regions", () => {
  const square = (classIndex: number, from: number, to: number) => ({
    classIndex,
    shape: { polygons: [[from, from, to, from, to, to, from, to]] },
  });

  it("gives a pixel to the smaller one, whatever their order", () => {
    const [large, small] = [square(0, 0, 6), square(1, 2, 4)];
    const map = drawRegions([small, large], 6, 6);
    expect(map).toEqual(drawRegions([large, small], 6, 6));
    expect([map[0], map[2 * 6 + 2], map[3 * 6 + 3]]).toEqual([1, 2, 2]);
  });

  it("gives it to the first of equal ones", () => {
    expect(drawRegions([square(1, 1, 4), square(0, 1, 4)], 6, 6)[2 * 6 + 2]).toBe(2);
    expect(drawRegions([square(0, 1, 4), square(1, 1, 4)], 6, 6)[2 * 6 + 2]).toBe(1);
  });
});

describe("what cannot be drawn", () => {
  it.each<[string, Shape, RegExp]>([
    ["a polygon of two corners", { polygons: [[1, 1, 2, 2]] }, /has 4 numbers/],
    ["an odd number", { polygons: [[1, 1, 2, 2, 3, 3, 4]] }, /has 7 numbers/],
    ["corners far away", { polygons: [[0, 0, 1e9, 0, 0, 5]] }, /far outside/],
    ["run lengths of another size", { counts: [100], size: [10, 10] }, /for 10x10 pixels/],
    ["too few", { counts: [3, 2], size: [6, 6] }, /sum to 5/],
    ["negative ones", { counts: [40, -4], size: [6, 6] }, /run length is -4/],
    ["a damaged text", { counts: "\u007f~", size: [6, 6] }, /damaged/],
    ["a text that is cut", { counts: "o", size: [6, 6] }, /damaged/],
  ])("%s", (_, shape, message) => expect(() => draw(shape, 6, 6)).toThrow(message));
});
