/** @file The pictures that duplicates are looked for among. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { npzArrays } from "@tessera/imaging/npz";
import sharp from "sharp";

const data = join(import.meta.dirname, "../../../shared/data");

const grey = (pixels: Uint8Array, side: number) =>
  sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();

const folder = (path: string) => async (): Promise<Uint8Array[]> => {
  const names = (await readdir(join(data, path))).sort();
  return Promise.all(names.map((name) => readFile(join(data, path, name))));
};

async function pneumonia(): Promise<Uint8Array[]> {
  const arrays = await npzArrays(await readFile(join(data, "pneumoniamnist/pneumoniamnist-4708.npz")));
  const images = ["train", "val", "test"].map((fold) => arrays.find(({ name }) => name === `${fold}_images`)!);
  const rows = images.flatMap(({ values, shape }) =>
    Array.from({ length: shape[0]! }, (_, i) => (values as Uint8Array).slice(i * 784, (i + 1) * 784)),
  );
  return Promise.all(rows.map((row) => grey(row, 28)));
}

async function mnist(): Promise<Uint8Array[]> {
  const bytes = gunzipSync(await readFile(join(data, "mnist-t10k/t10k-images-idx3-ubyte.gz")));
  return Promise.all(
    Array.from({ length: 10_000 }, (_, i) => grey(bytes.subarray(16 + i * 784, 16 + (i + 1) * 784), 28)),
  );
}

export const sets: Readonly<Record<string, () => Promise<Uint8Array[]>>> = {
  "pneumoniamnist (28 × 28 chest films)": pneumonia,
  "kvasir-seg (endoscopy)": folder("kvasir-seg/images"),
  "cxr-samples (NIH and TBX11K films)": folder("cxr-samples/images"),
  "mnist-t10k (digits)": mnist,
};
