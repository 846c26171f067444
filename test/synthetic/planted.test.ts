import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countComponents } from "@tessera/domain/components";
import { parseNameList } from "@tessera/domain/import/kvasirFiles";
import { pairKvasir } from "@tessera/domain/import/kvasirLayout";
import { openImaging } from "@tessera/imaging/client";
import {
  missedShare,
  type PlantedPrediction,
  shiftedByOnePixel,
  specksOf,
  withoutSmallRegions,
  withSpecksAndHoles,
} from "@tessera/synthetic/plantedPredictions";
import { plantedRegions } from "@tessera/synthetic/plantedRegions";
import { foldOfRank, writePlantedSet } from "@tessera/synthetic/plantedSet";
import { afterAll, describe, expect, it } from "vitest";

const regions = plantedRegions({ seed: 3, items: 60, size: 96 });
const ones = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);
const seeds = [1, 2, 3];

describe("plantedRegions", () => {
  it("have the sizes that they say, log-uniform from 3 pixels to 40 % of the image", () => {
    expect(regions.map((region) => ones(region.mask))).toEqual(regions.map((region) => region.pixels));
    expect([regions[0]!.pixels, regions.at(-1)!.pixels]).toEqual([3, Math.floor(0.4 * 96 * 96)]);
    const ratios = regions.slice(31).map((region, i) => region.pixels / regions[30 + i]!.pixels);
    for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0]!, 1);
  });

  it("have the pieces that they say, several now and then, without a hole", () => {
    const several = regions.filter((region) => region.pieces.length > 1);
    expect(several.length).toBeGreaterThan(3);
    for (const { mask, pieces, size, name } of regions) {
      expect(countComponents(mask, size, size), name).toBe(pieces.length);
      expect(backgroundPieces(mask, size), name).toBe(1);
    }
  });

  it("are the same for the same seed, and others for another", () => {
    expect(plantedRegions({ seed: 3, items: 60, size: 96 })).toEqual(regions);
    const others = plantedRegions({ seed: 4, items: 60, size: 96 });
    expect(others.every((region, i) => region.mask.some((value, at) => value !== regions[i]!.mask[at]))).toBe(true);
  });

  it("refuse what they cannot be", () => {
    expect(() => plantedRegions({ seed: 1, items: 1, size: 96 })).toThrow("Expected 2 to 10000 items");
    expect(() => plantedRegions({ seed: 1, items: 9, size: 32 })).toThrow("of 48 to 1024 px, got 9 of 32");
  });
});

describe("planted predictions", () => {
  const all = (predict: (region: (typeof regions)[number], seed: number) => PlantedPrediction) =>
    seeds.flatMap((seed) => regions.map((region) => ({ region, seed, ...predict(region, seed) })));

  it.each([
    ["shifted", shiftedByOnePixel],
    ["without small regions", withoutSmallRegions],
    ["with specks and holes", withSpecksAndHoles],
  ])("%s have the pieces, pixels and holes that they say", (_, predict) => {
    for (const { region, mask, pieces, holes } of all(predict)) {
      expect(ones(mask), region.name).toBe(pieces.reduce((a, b) => a + b, 0));
      expect(countComponents(mask, region.size, region.size), region.name).toBe(pieces.length);
      expect(backgroundPieces(mask, region.size) - 1, region.name).toBe(holes);
    }
  });

  it("are wrong in their one way alone", () => {
    for (const { region, mask, seed } of all(shiftedByOnePixel)) {
      const step = [1, 96, -1, -96][seed % 4]!;
      expect(mask.every((value, i) => value === (region.mask[i - step] ?? 0))).toBe(true);
    }
    const dropped = all(withoutSmallRegions);
    for (const { region, mask } of dropped) {
      expect(mask.every((value, i) => value <= region.mask[i]!)).toBe(true);
      const large = region.pieces.filter((piece) => piece.length >= missedShare * 96 * 96);
      for (const piece of large) expect(piece.every((i) => mask[i] === 1)).toBe(true);
    }
    const small = dropped.filter(({ region }) => region.pixels < missedShare * 96 * 96);
    const missed = small.filter(({ pieces }) => pieces.length === 0).length / small.length;
    expect(missed).toBeGreaterThan(0.8);
    expect(missed).toBeLessThan(1);
  });

  it("have specks that are specks, outside the truth, and holes inside it", () => {
    const specked = all(withSpecksAndHoles).filter(({ region }) => region.pixels >= 40);
    for (const prediction of specked) {
      expect(specksOf(prediction), prediction.region.name).toBe(prediction.falsePieces);
      const outside = prediction.mask.filter((value, i) => value === 1 && prediction.region.mask[i] === 0);
      expect(outside.length).toBe(prediction.pieces.slice(prediction.region.pieces.length).reduce((a, b) => a + b, 0));
    }
    const total = (of: (each: (typeof specked)[number]) => number) => specked.reduce((sum, each) => sum + of(each), 0);
    expect(total((each) => each.falsePieces) / specked.length).toBeGreaterThan(2);
    expect(total((each) => each.holes) / specked.length).toBeGreaterThan(0.7);
  });

  it("swap places: per item the specks are best and the missed regions worst, pooled the reverse", () => {
    const dice = [shiftedByOnePixel, withoutSmallRegions, withSpecksAndHoles].map((predict) => {
      const counts = all(predict).map(({ region, mask }) => {
        const both = mask.filter((value, i) => value === 1 && region.mask[i] === 1).length;
        return { both, sum: ones(mask) + region.pixels };
      });
      const pooled = (2 * counts.reduce((a, c) => a + c.both, 0)) / counts.reduce((a, c) => a + c.sum, 0);
      return { perItem: counts.reduce((a, c) => a + (2 * c.both) / c.sum, 0) / counts.length, pooled };
    });
    const [a, b, c] = dice as [(typeof dice)[0], (typeof dice)[0], (typeof dice)[0]];
    expect(c.perItem > a.perItem && a.perItem > b.perItem).toBe(true);
    expect(b.pooled > a.pooled && b.pooled > c.pooled).toBe(true);
  });
});

describe("writePlantedSet", () => {
  const imaging = openImaging({ processes: 1 });
  let directory: string | undefined;
  afterAll(async () => {
    await imaging.close();
    if (directory) await rm(directory, { recursive: true });
  });

  it("writes a set that the import takes whole, with exact masks and its folds", async () => {
    directory = await mkdtemp(join(tmpdir(), "tessera-planted-"));
    const written = await writePlantedSet({ directory, seed: 3, items: 12, size: 48, imaging });
    const files = (await readdir(directory, { recursive: true })).filter((file) => file.includes("."));
    const layout = pairKvasir(files);
    expect(layout.problems).toEqual([]);
    expect(layout.splitLists).toEqual({ train: "train.txt", validation: "val.txt", test: "test.txt" });
    expect(parseNameList(await readFile(join(directory, "val.txt"), "utf8"))).toEqual([
      written[2]!.name,
      written[8]!.name,
    ]);
    expect(written.filter(({ rank }) => foldOfRank(rank) === "test")).toHaveLength(8);
    for (const [i, { name }] of layout.pairs.entries()) {
      const mask = await imaging.prepareMask(await readFile(join(directory, "masks", `${name}.png`)), 48);
      expect([name, new Uint8Array(mask)]).toEqual([written[i]!.name, written[i]!.mask]);
    }
  });
});

/** 4-connected pieces of the background, by flooding: one, and one more for every hole. */
function backgroundPieces(mask: Uint8Array, size: number): number {
  const seen = mask.slice();
  let pieces = 0;
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1) continue;
    pieces++;
    const open = [start];
    seen[start] = 1;
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      const beside = [i % size > 0 && i - 1, i % size < size - 1 && i + 1, i - size, i + size];
      for (const next of beside) {
        if (next === false || seen[next] !== 0) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
  }
  return pieces;
}
