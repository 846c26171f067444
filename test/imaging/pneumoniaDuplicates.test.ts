/** PneumoniaMNIST's known duplicates (its README): 18 rows inside train, 3 in test, 8 pictures in train and validation. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { duplicatesWithin, found } from "@tessera/analysis/duplicates/search";
import { stretched } from "@tessera/imaging/hash";
import { npzArrays } from "@tessera/imaging/npz";
import { expect, it } from "vitest";
import { hashed } from "../support/smallPictures.ts";

const path = fileURLToPath(new URL("../../../shared/data/pneumoniamnist/pneumoniamnist-4708.npz", import.meta.url));
if (!existsSync(path))
  console.warn("PneumoniaMNIST is not at ../shared/data/pneumoniamnist: its duplicates are SKIPPED");

it.skipIf(!existsSync(path))(
  "are found, and at most a few pairs beside them among 17 million",
  async () => {
    const arrays = await npzArrays(readFileSync(path));
    const folds = (["train", "val", "test"] as const).flatMap((fold) => {
      const { values, shape } = arrays.find(({ name }) => name === `${fold}_images`)!;
      const row = (i: number) => (values as Uint8Array).subarray(i * 784, (i + 1) * 784);
      return Array.from({ length: shape[0]! }, (_, i) => ({ fold, pixels: row(i) }));
    });
    const items = folds.map(({ pixels }) => hashed(stretched(Float32Array.from(pixels), 28, 28)));
    const pairs = found(duplicatesWithin(items));

    const key = (place: number) => Buffer.from(folds[place]!.pixels).toString("latin1");
    const equal = pairs.filter(({ a, b }) => key(a) === key(b));
    const rows = (inA: string, inB: string) =>
      new Set(equal.filter(({ a, b }) => folds[a]!.fold === inA && folds[b]!.fold === inB).map(({ b }) => key(b)));
    const later = (fold: string) =>
      new Set(equal.filter(({ a, b }) => folds[a]!.fold === fold && folds[b]!.fold === fold).map(({ b }) => b)).size;
    expect({ train: later("train"), test: later("test"), shared: rows("train", "val").size }).toEqual({
      train: 18,
      test: 3,
      shared: 8,
    });
    expect(rows("train", "test").size + rows("val", "test").size).toBe(0);
    expect(equal.every(({ correlation, bits }) => correlation > 0.999 && bits === 0)).toBe(true);
    expect(pairs.length - equal.length).toBeLessThanOrEqual(2);
  },
  240_000,
);
