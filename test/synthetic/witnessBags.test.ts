import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseBagTable } from "@tessera/domain/import/bagTable";
import { type WitnessBag, witnessBags, writeWitnessBags } from "@tessera/synthetic/witnessBags";
import { describe, expect, it } from "vitest";

const options = { seed: 3, bags: 40, tiles: 400, witnesses: 2, features: 8 };
const bags = witnessBags(options);
const rows = ({ values }: WitnessBag) =>
  Array.from({ length: options.tiles }, (_, tile) =>
    values.subarray(tile * options.features, (tile + 1) * options.features),
  );
const meanOf = (vectors: readonly Float32Array[]) =>
  Array.from({ length: options.features }, (_, i) => vectors.reduce((sum, each) => sum + each[i]!, 0) / vectors.length);

describe("witnessBags", () => {
  it("plants exactly the witnesses asked for, in every second bag", () => {
    for (const [index, { label, witnesses }] of bags.entries()) {
      expect(label).toBe(index % 2 === 1 ? "tumour" : "no tumour");
      expect(witnesses).toHaveLength(index % 2 === 1 ? 2 : 0);
    }
    expect(new Set(bags.flatMap(({ witnesses }) => witnesses)).size).toBeGreaterThan(20);
  });

  it("sets witnesses nine deviations off along one direction, the same in all bags", () => {
    const apart = bags
      .filter(({ witnesses }) => witnesses.length > 0)
      .map((bag) => {
        const all = meanOf(rows(bag));
        return meanOf(bag.witnesses.map((place) => rows(bag)[place]!)).map((value, i) => value - all[i]!);
      });
    const [one, other] = [apart.filter((_, i) => i % 2 === 0), apart.filter((_, i) => i % 2 === 1)].map((half) =>
      meanOf(half.map((vector) => Float32Array.from(vector))),
    ) as [number[], number[]];
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    expect(Math.hypot(...one)).toBeGreaterThan(8);
    expect(Math.hypot(...one)).toBeLessThan(10);
    expect(dot(one, other) / (Math.hypot(...one) * Math.hypot(...other))).toBeGreaterThan(0.95);
  });

  it("changes with the seed alone", () => {
    expect(witnessBags(options)).toEqual(bags);
    expect(witnessBags({ ...options, seed: 4 })[1]!.values).not.toEqual(bags[1]!.values);
  });

  it.each([
    [{ witnesses: 0 }, "witnesses: expected a whole number from 1 to 400 tiles, got 0"],
    [{ witnesses: 401 }, "witnesses: expected"],
    [{ features: 1 }, "features: expected at least 2, got 1"],
  ])("refuses %j", (more, says) => {
    expect(() => witnessBags({ ...options, ...more })).toThrow(says);
  });

  it("is a table of bags as any other", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tessera-witness-"));
    try {
      await writeWitnessBags(directory, options);
      const table = parseBagTable(await readFile(join(directory, "bags.csv"), "utf8"), null);
      expect(table.classes).toEqual(["no tumour", "tumour"]);
      expect(table.bags.map(({ name, subject }) => [name, subject])).toEqual(
        bags.map(({ name, subject }) => [name, subject]),
      );
      for (const [index, { tiles, values }] of table.bags.entries()) {
        expect([tiles.tiles, tiles.features]).toEqual([400, 8]);
        expect(values).toEqual(index % 2 === 1 ? [0, 1] : [1, 0]);
        expect(tiles.values[37]).toBeCloseTo(bags[index]!.values[37]!, 3);
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
