/** @file What a child that reads files of features can do, by name. */
import { closeSync, openSync, writeSync } from "node:fs";
import {
  checkCoordsShape,
  type FeatureShape,
  featureShape,
  type Tiling,
  tilingAttributes,
  tilingOf,
} from "@tessera/domain/bags/featureFile";
import { npyHeader } from "@tessera/domain/bags/npy";
import { DomainError } from "@tessera/domain/errors";
import type { ArrayFile, StoredArray } from "./arrayFile.ts";
import { openHdf5 } from "./hdf5File.ts";
import { firstWrong, floatsOf, numbersOf } from "./numbers.ts";
import { openSafetensors } from "./safetensorsFile.ts";
import { type Shades, Shading } from "./shading.ts";

export interface FeatureFile {
  /** On this machine. */
  readonly path: string;
  /** As its owner calls it: the ending says what it is. */
  readonly name: string;
}

/** Left and upper sides, pixels of level 0, in the order of the rows. */
export interface TileCorners {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface FeaturesRead extends FeatureShape {
  readonly tiling: Tiling;
  /** The net that made them; null: the file does not say. */
  readonly encoder: string | null;
  /** null: the file has none. */
  readonly corners: TileCorners | null;
  readonly shades: Shades;
}

const bad = (message: string) => new DomainError("BAD_FILE", `The file of features: ${message}`);

async function using<T>({ path, name }: FeatureFile, work: (file: ArrayFile) => T): Promise<T> {
  if (/\.(pt|pth)$/i.test(name)) throw new DomainError("BAD_FILE", pickled, { found: "a PyTorch file" });
  const file = /\.safetensors$/i.test(name) ? openSafetensors(path) : await openHdf5(path);
  try {
    return work(file);
  } finally {
    file.close();
  }
}

const pickled =
  'A PyTorch file (.pt) is a pickle: to read it is to run what is in it, and it holds no places. Send the .h5 beside it (CLAM: h5_files/, TRIDENT: features_…/), or write it anew: safetensors.torch.save_file({"features": torch.load(FILE, weights_only=True)}, NAME.safetensors)';

/** By its headers alone. @throws DomainError BAD_FILE */
const shape = (file: FeatureFile): Promise<FeatureShape> =>
  using(file, (arrays) => featureShape(featuresOf(arrays).shape));

/** The bag is written as it is read, as NumPy's .npy of 32-bit floats, to `target`. @throws DomainError BAD_FILE */
const convert = (file: FeatureFile, target: string): Promise<FeaturesRead> =>
  using(file, (arrays) => {
    const array = featuresOf(arrays);
    const size = featureShape(array.shape);
    const shading = new Shading(size);
    const bag = openSync(target, "w");
    try {
      writeSync(bag, npyHeader("<f4", [size.tiles, size.features]));
      for (let from = 0; from < size.tiles; from += array.rowsAtOnce) {
        const to = Math.min(size.tiles, from + array.rowsAtOnce);
        const values = floatsOf(arrays.rows("features", from, to), array.type);
        const wrong = firstWrong(values);
        if (wrong >= 0) {
          const [row, column] = [from + Math.floor(wrong / size.features), wrong % size.features];
          throw bad(`row ${row}, column ${column} of "features" is no finite number of 32 bits; make them again`);
        }
        shading.take(from, values);
        writeSync(bag, Buffer.from(values.buffer)); // little-endian, as every machine that Node runs on
      }
    } finally {
      closeSync(bag);
    }
    const { encoder } = arrays.attributes("features", ["encoder"]);
    return {
      ...size,
      tiling: tilingIn(arrays),
      encoder: typeof encoder === "string" && encoder !== "None" ? encoder : null,
      corners: cornersOf(arrays, size.tiles),
      shades: shading.shades(),
    };
  });

/** Of a file that has the places and not the features: CLAM's patches/NAME.h5. @throws DomainError BAD_FILE */
const tiling = (file: FeatureFile): Promise<Tiling> => using(file, tilingIn);

const tilingIn = (arrays: ArrayFile): Tiling =>
  tilingOf(arrays.names().includes("coords") ? arrays.attributes("coords", tilingAttributes) : {});

function featuresOf(arrays: ArrayFile): StoredArray {
  const array = arrays.array("features");
  if (array !== null) return array;
  const names = arrays.names();
  const shown = names.slice(0, 10).map((name) => name.slice(0, 40)).join(", "); // biome-ignore format: short
  throw bad(
    `expected an array "features", got ${names.length === 0 ? "none" : `${shown}${names.length > 10 ? ", …" : ""}`}`,
  );
}

function cornersOf(arrays: ArrayFile, tiles: number): TileCorners | null {
  const array = arrays.array("coords");
  if (array === null) return null;
  checkCoordsShape(array.shape, tiles);
  const [x, y]: [number[], number[]] = [[], []];
  for (let from = 0; from < tiles; from += array.rowsAtOnce) {
    const part = numbersOf(arrays.rows("coords", from, Math.min(tiles, from + array.rowsAtOnce)), array.type);
    for (let at = 0; at < part.length; at += 2) {
      x.push(Math.round(part[at]!));
      y.push(Math.round(part[at + 1]!));
    }
  }
  const wrong = x.findIndex((value, row) => !Number.isSafeInteger(value) || !Number.isSafeInteger(y[row]));
  if (wrong >= 0) throw bad(`row ${wrong} of "coords" is no place: ${x[wrong]}, ${y[wrong]}`);
  return { x, y };
}

export const operations = { shape, convert, tiling };
export type FeatureOperations = typeof operations;
