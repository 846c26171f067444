/** @file Files of features in children: what h5py and safetensors wrote, number by number, and files that are not what they claim. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeBag } from "@tessera/domain/bags/npy";
import { type FeatureFiles, openFeatureFiles } from "@tessera/imaging/features/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Fixtures {
  readonly tiles: number;
  readonly width: number;
  readonly coords: readonly (readonly [number, number])[];
  readonly patches: string;
  readonly good: Readonly<Record<string, { readonly file: string; readonly values: string }>>;
  readonly bad: Readonly<Record<string, string>>;
}
const fixtures = JSON.parse(readFileSync("test/imaging/fixtures/features.json", "utf8")) as Fixtures;

let work: string;
let files: FeatureFiles;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "tessera-features-"));
  files = openFeatureFiles({ processes: 1, limitMs: 60_000 });
});
afterAll(async () => {
  await files.close();
  rmSync(work, { recursive: true, force: true });
});

const unpacked = (packed: string): Buffer => gunzipSync(Buffer.from(packed, "base64"));
function written(name: string, bytes: Buffer) {
  const path = join(work, name);
  writeFileSync(path, bytes);
  return { path, name };
}
const target = () => join(work, "bag.npy");
const coords = { x: fixtures.coords.map(([x]) => x), y: fixtures.coords.map(([, y]) => y) };

describe("the numbers", () => {
  it.each(Object.entries(fixtures.good))("of %s are those that h5py reads", async (name, { file, values }) => {
    const given = written(name, unpacked(file));
    const read = await files.convert(given, target());
    expect(read).toMatchObject({ tiles: fixtures.tiles, features: fixtures.width });
    expect(await files.shape(given)).toEqual({ tiles: fixtures.tiles, features: fixtures.width });
    const bag = decodeBag(readFileSync(target()));
    expect([bag.tiles, bag.features]).toEqual([fixtures.tiles, fixtures.width]);
    expect(Buffer.from(bag.values.buffer)).toEqual(Buffer.from(values, "base64"));
    expect(read.shades).toMatchObject({ width: fixtures.width, height: fixtures.tiles });
    expect(new Set(read.shades.grey)).toContain(255);
  });

  it("come with their places, and with how large a tile is where the file says", async () => {
    const of = async (name: string) => files.convert(written(name, unpacked(fixtures.good[name]!.file)), target());
    const clam = await of("clam.h5");
    expect([clam.corners, clam.tiling, clam.encoder]).toEqual([
      coords,
      { writer: null, extent: null, slide: null },
      null,
    ]);
    const half = await of("tridentHalf.hdf5");
    const slide = { width: 2400, height: 2000 };
    expect([half.corners, half.tiling, half.encoder]).toEqual([
      coords,
      { writer: "trident", extent: 448, slide },
      "uni_v1",
    ]);
    expect(JSON.stringify(half)).not.toContain("secret");
    expect((await of("floats.safetensors")).tiling.extent).toBe(448);
    expect((await of("double.h5")).corners).toBeNull();
    const patches = written("patches.h5", unpacked(fixtures.patches));
    expect(await files.tiling(patches)).toEqual({ writer: "clam", extent: 448, slide: null });
    await expect(files.convert(patches, target())).rejects.toThrow('expected an array "features", got coords');
  });
});

/** By name: what is said of it. */
const refusals: Readonly<Record<string, RegExp>> = {
  "cut.h5": /damaged, or ends before its contents do/,
  "text.h5": /Expected an HDF5 file, got text/,
  "empty.h5": /empty \(0 bytes\)/,
  "noFeatures.h5": /expected an array "features", got embeddings/,
  "group.h5": /"features" in the HDF5 file is a group or a link/,
  "slideLevel.h5":
    /has the shape \[6\]; expected \[tiles, features\] or \[1, tiles, features\]: one vector is of a whole slide/,
  "batch.h5": /has the shape \[2, 21, 6\]; expected/,
  "noTiles.h5": /is empty, of shape \[0, 6\]/,
  "text.hdf5": /no array of whole numbers or 16-, 32- or 64-bit floats/,
  "nan.h5": /row 17, column 2 of "features" is no finite number/,
  "fewerCoords.h5": /"coords" has the shape \[20, 2\]; expected \[21, 2\]/,
  "brokenCoords.h5": /row 3 of "coords" is no place: NaN, 0/,
  "virtual.h5": /points to numbers in another file/,
  "externalLink.h5": /is a group or a link/,
  "loop.h5": /is a group or a link/,
  "hugeChunk.h5": /chunks of 256 MiB \(1048576 x 64\); expected at most 64 MiB/,
  "never.h5": /claims 1048576 x 64 numbers, 268435456 bytes, and the whole file has \d+/,
  "tooMany.h5": /claims 2097152 x 256 numbers/,
  "bomb.h5": /claims 200000 x 64 numbers, 51200000 bytes, and the whole file has \d+.*made to grow/,
  "lzf.h5": /packed by lzf; expected gzip or none/,
  "scaled.h5": /packed by scaleoffset; expected gzip or none/,
  "cut.safetensors": /it was cut off|cut off or altered/,
  "text.safetensors": /safetensors/,
};

describe("a file that is not what it claims", () => {
  it.each(Object.entries(refusals))("%s is refused with what was expected", async (name, expected) => {
    const given = written(name, unpacked(fixtures.bad[name]!));
    await expect(files.convert(given, target())).rejects.toMatchObject({
      code: "BAD_FILE",
      message: expect.stringMatching(expected),
    });
  });

  it("is every one of the fixtures", () => {
    expect([...Object.keys(refusals), "otherFile.h5"].sort()).toEqual(Object.keys(fixtures.bad).sort());
  });

  it("cannot have numbers of another file read: the library opens the one that it was given", async () => {
    const secret = join(work, "SECRET"); // beside the file, where the library looks
    writeFileSync(secret, Buffer.alloc(128, 65));
    const given = written("otherFile.h5", unpacked(fixtures.bad["otherFile.h5"]!));
    await expect(files.convert(given, target())).rejects.toThrow(/points to numbers in another file/);
  });

  it("is told what to do instead where it is PyTorch's", async () => {
    const given = written("slide.pt", Buffer.from("PK\u0003\u0004"));
    await expect(files.convert(given, target())).rejects.toThrow(/is a pickle.*Send the \.h5 beside it.*safetensors/);
  });

  it("leaves the child fit for the next one, whatever a byte was turned into", async () => {
    const whole = unpacked(fixtures.good["trident.h5"]!.file);
    let [read, refused] = [0, 0];
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 150)) {
      const broken = Buffer.from(whole);
      broken[at] = broken[at]! ^ 0xff;
      const given = written("broken.h5", broken);
      await files.convert(given, target()).then(
        () => read++,
        (error) => {
          expect(error).toMatchObject({ code: "BAD_FILE" });
          refused++;
        },
      );
    }
    expect(read + refused).toBeGreaterThan(140);
    expect(refused).toBeGreaterThan(5);
    await files.convert(written("trident.h5", whole), target());
  });
});
