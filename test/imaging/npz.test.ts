import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readFolds } from "@tessera/domain/import/npzLayout";
import { openImaging } from "@tessera/imaging/client";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { npy, npz, type ZipPart, zip } from "../support/zip.ts";

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

interface Fixture {
  readonly name: string;
  readonly file: string;
  readonly arrays: Readonly<Record<string, { shape: number[]; values: (number | boolean)[] }>> | null;
}
const text = readFileSync(new URL("fixtures/npzArrays.json", import.meta.url), "utf8"); // NumPy's, by npzArrays.py
const fixtures = JSON.parse(text) as Fixture[];

describe("arrays as NumPy writes them", () => {
  it.each(fixtures.filter(({ arrays }) => arrays))("are read: $name", async ({ file, arrays }) => {
    const read = await imaging.npzArrays(Buffer.from(file, "base64"));
    const found = read.map(({ name, shape, values }) => [name, { shape, values: [...values] }]);
    const expected = Object.entries(arrays!).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map(Number) },
    ]);
    expect(found).toEqual(expected);
  });

  it.each(fixtures.filter(({ arrays }) => !arrays))("are refused: $name", async ({ file }) => {
    const refused = imaging.npzArrays(Buffer.from(file, "base64"));
    await expect(refused).rejects.toMatchObject({ code: "BAD_FILE", message: expect.stringMatching(/^x: /) });
  });
});

describe("hostile files of arrays", () => {
  const two = npy([2], Uint8Array.of(1, 2));
  const part = (change: Partial<ZipPart>): Buffer => zip([{ name: "x.npy", bytes: two, ...change }]);
  const headed = (header: string) => zip([{ name: "x.npy", bytes: npy([], Uint8Array.of(1, 2), header) }]);

  it("are not these two", async () => {
    expect(await imaging.npzArrays(part({}))).toMatchObject([{ name: "x", shape: [2] }]);
    expect(await imaging.npzArrays(part({ method: 0 }))).toMatchObject([{ name: "x", shape: [2] }]);
  });

  it.each<[string, Buffer, RegExp]>([
    ["no zip", Buffer.from("\x93NUMPY"), /file is none/],
    ["a zip without its end", part({}).subarray(0, -5), /truncated/],
    ["a part that claims less than it is", part({ size: 40 }), /cannot be inflated/],
    ["a part that claims more than it is", part({ size: 9000 }), /checksum/],
    ["a zip that would unpack to more than the limit", part({ size: 2 ** 32 - 1 }), /over 512 MiB/],
    ["many parts that would together", zip([1, 2].map((n) => ({ name: `${n}.npy`, bytes: two, size: 2 ** 29 - 1 }))), /over 512 MiB/], // biome-ignore format: a row
    ["a checksum that does not fit", part({ crc: 1 }), /checksum/],
    ["another packing", part({ method: 12 }), /method 12/],
    ["encryption", part({ flags: 1 }), /encrypted/],
    ["a name twice", zip([{ name: "x.npy", bytes: two }, { name: "x.npy", bytes: two }]), /twice/], // biome-ignore format: a row
    ["a file that is no array", zip([{ name: "run.py", bytes: two }]), /arrays \(\.npy\) only/],
    ["a shape of more than there is", headed("{'descr': '|u1', 'fortran_order': False, 'shape': (1000000, 1000000), }\n"), /header claims/], // biome-ignore format: a row
    ["a shape beyond numbers", headed(`{'descr': '|u1', 'fortran_order': False, 'shape': (${"9".repeat(400)}, 2), }\n`), /header claims/], // biome-ignore format: a row
    ["no shape", headed("{'descr': '|u1', 'fortran_order': False, 'shape': (), }\n"), /header claims/],
    ["a header that calls something", headed("{'descr': exec('1'), 'fortran_order': False, 'shape': (2,), }\n"), /type exec/], // biome-ignore format: a row
    ["a header that is none", headed("import os\n"), /header cannot be read/],
  ])("%s", async (_, file, says) => {
    await expect(imaging.npzArrays(file)).rejects.toMatchObject({
      code: "BAD_FILE",
      message: expect.stringMatching(says),
    });
  });

  it("with directories cut anywhere are refused, not crashed on", async () => {
    const whole = npz({ a: { shape: [2], values: Uint8Array.of(1, 2) }, b: { shape: [1], values: Uint8Array.of(3) } });
    for (let at = 0; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0xff;
      const outcome = await imaging.npzArrays(changed).catch((error: { code: string }) => error.code);
      if (typeof outcome === "string") expect(outcome).toBe("BAD_FILE");
    }
  });
});

describe("rows as pictures", () => {
  it("keep every value, grey and in colour, and equal rows make equal files", async () => {
    for (const channels of [1, 3] as const) {
      const bytes = 5 * 4 * channels;
      const pixels = Uint8Array.from({ length: 3 * bytes }, (_, i) => ((i % (2 * bytes)) * 31) % 256);
      const made = await imaging.pictures(pixels, { width: 5, height: 4, channels });
      expect(made).toHaveLength(3);
      for (const [row, { png, width, height }] of made.entries()) {
        const { data, info } = await sharp(png)
          .toColourspace(channels === 1 ? "b-w" : "srgb")
          .raw()
          .toBuffer({ resolveWithObject: true });
        expect([width, height, info.channels]).toEqual([5, 4, channels]);
        expect(Uint8Array.from(data)).toEqual(pixels.slice(row * bytes, (row + 1) * bytes));
      }
      expect(Buffer.compare(made[0]!.png, made[2]!.png)).toBe(0);
      expect(Buffer.compare(made[0]!.png, made[1]!.png)).not.toBe(0);
    }
  });
});

const real = fileURLToPath(new URL("../../../shared/data/pneumoniamnist/pneumoniamnist-4708.npz", import.meta.url));
if (!existsSync(real)) console.warn("PneumoniaMNIST is not at ../shared/data/pneumoniamnist: its tests are SKIPPED");

describe.skipIf(!existsSync(real))("PneumoniaMNIST", () => {
  it("has the folds, classes and equal rows that its README tells of", async () => {
    // Written by another writer than NumPy: its headers have no comma after the last key.
    const { folds, exclusive, classes } = readFolds(await imaging.npzArrays(readFileSync(real)), null);
    expect([exclusive, classes.length]).toEqual([true, 2]);
    expect(folds.map(({ name, labels }) => [name, labels.length, labels.filter((values) => values[1] === 1).length])).toEqual([["train", 4708, 3494], ["val", 524, 389], ["test", 624, 390]]); // biome-ignore format: triples
    const hashes = folds.map(({ images }) => {
      expect(images.shape.slice(1)).toEqual([28, 28]);
      return Array.from({ length: images.shape[0]! }, (_, row) =>
        createHash("sha256")
          .update(images.values.slice(row * 784, (row + 1) * 784) as Uint8Array)
          .digest("hex"),
      );
    });
    expect(hashes.map((each) => each.length - new Set(each).size)).toEqual([18, 0, 3]);
    const [train, validation, test] = hashes.map((each) => new Set(each));
    const shared = (a = train!, b = train!) => [...a].filter((hash) => b.has(hash)).length;
    expect([shared(train, validation), shared(train, test), shared(validation, test)]).toEqual([8, 0, 0]);
  });
});
