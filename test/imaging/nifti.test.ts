import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { openImaging } from "@tessera/imaging/client";
import { percentiles } from "@tessera/imaging/nifti/percentile";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

interface Fixture {
  readonly name: string;
  readonly file: string;
  readonly shape: readonly [number, number, number];
  readonly affine: readonly (readonly number[])[];
  readonly zooms: readonly [number, number, number];
  readonly low: number;
  readonly high: number;
  /** [slices][rows][columns] */
  readonly pixels: readonly (readonly (readonly number[])[])[];
  readonly values: readonly (readonly (readonly number[])[])[] | null;
}
const fixtures = JSON.parse(readFileSync(new URL("fixtures/niftiVolumes.json", import.meta.url), "utf8")) as Fixture[];
const bytesOf = ({ file }: Fixture) => Buffer.from(file, "base64");
const named = (name: string) => fixtures.find((each) => each.name === name)!;

describe("as nibabel's closest canonical orientation", () => {
  it.each(fixtures)("$name", async (fixture) => {
    const [width, height, slices] = fixture.shape;
    const volume = await imaging.imageVolume(bytesOf(fixture), null);
    expect(volume).toMatchObject({ width, height, slices });
    expect([volume.window.low, volume.window.high]).toEqual([
      expect.closeTo(fixture.low, 6),
      expect.closeTo(fixture.high, 6),
    ]);
    expect([...volume.pixels]).toEqual(fixture.pixels.flat(2));
    expect([volume.spacing.x, volume.spacing.y]).toEqual(
      fixture.zooms.slice(0, 2).map((zoom) => expect.closeTo(zoom, 6)),
    );
    expect(volume.affine.flat()).toEqual(fixture.affine.flat().map((value) => expect.closeTo(value, 4)));
    expect(await imaging.volumeInfo(bytesOf(fixture))).toEqual({
      width,
      height,
      slices,
      spacing: volume.spacing,
      affine: volume.affine,
    });
    if (fixture.values !== null) {
      const label = await imaging.labelVolume(bytesOf(fixture));
      expect([...label.values]).toEqual(fixture.values.flat(2));
      expect(label.found).toEqual([...new Set(fixture.values.flat(2))].sort((a, b) => a - b));
    }
  });
});

describe("a window", () => {
  it("makes its ends black and white, and what lies outside too", async () => {
    const fixture = named("u1, little endian");
    const { pixels, window } = await imaging.imageVolume(bytesOf(fixture), { low: 50, high: 150 });
    expect(window).toEqual({ low: 50, high: 150 });
    expect([...pixels]).toEqual(
      fixture.values!.flat(2).map((value) => Math.min(255, Math.max(0, Math.floor(((value - 50) / 100) * 255 + 0.5)))),
    );
  });

  it("of a volume of one value leaves it black", async () => {
    const bytes = bytesOf(named("u1, little endian")).fill(7, 352);
    expect(new Set((await imaging.imageVolume(bytes, null)).pixels)).toEqual(new Set([0]));
  });
});

it("takes percentiles as sorting would", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 200 }), (values) => {
      const sorted = Int16Array.from(values).sort();
      const expected = [0.5, 50, 99.5].map((percent) => {
        const place = (percent / 100) * (values.length - 1);
        const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
        return low + (place - Math.floor(place)) * (high - low);
      });
      expect(percentiles(Int16Array.from(values), [0.5, 50, 99.5])).toEqual(expected);
    }),
  );
});

describe("a hostile or broken file", () => {
  const good = () => bytesOf(named("i2, little endian"));
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = good();
    change(bytes);
    return bytes;
  };
  it.each<[string, Buffer, RegExp]>([
    ["of nothing", Buffer.alloc(0), /empty/],
    ["that is text", Buffer.from("not a volume ".repeat(80)), /Expected a NIfTI volume/],
    ["cut in its header", good().subarray(0, 200), /Expected a NIfTI volume/],
    ["cut in its voxels", good().subarray(0, 400), /truncated: its header promises 472 bytes, and it has 400/],
    ["cut while zipped", gzipSync(good()).subarray(0, 150), /truncated/],
    ["damaged while zipped", Buffer.concat([gzipSync(good()).subarray(0, 60), Buffer.alloc(400, 255)]), /damaged/],
    [
      "of 30000³ voxels",
      changed((b) => {
        for (const at of [42, 44, 46]) b.writeInt16LE(30_000, at);
      }),
      /too large: 30000x30000x30000/,
    ],
    ["of negative sides", changed((b) => b.writeInt16LE(-5, 42)), /claims the shape -5x4x3/],
    ["of 9 dimensions", changed((b) => b.writeInt16LE(9, 40)), /claims 9 dimensions/],
    [
      "of four dimensions",
      changed((b) => {
        b.writeInt16LE(4, 40);
        b.writeInt16LE(6, 48);
      }),
      /three dimensions, got 5x4x3x6/,
    ],
    ["of complex numbers", changed((b) => b.writeInt16LE(32, 70)), /have type 32/],
    ["that begins in its header", changed((b) => b.writeFloatLE(100, 108)), /begin at byte 100/],
    ["that begins nowhere", changed((b) => b.writeFloatLE(Number.NaN, 108)), /begin at byte NaN/],
    ["whose affine is singular", changed((b) => b.fill(0, 280, 296)), /singular/],
    [
      "whose rotation is none",
      changed((b) => {
        b.writeInt16LE(0, 254);
        b.writeFloatLE(3, 256);
      }),
      /no rotation/,
    ],
    ["of voxels without a side", changed((b) => b.writeFloatLE(0, 80)), /voxel side of 0/],
    [
      "with half a scale",
      changed((b) => {
        b.writeFloatLE(2, 112);
        b.writeFloatLE(Number.NaN, 116);
      }),
      /shifts them by NaN/,
    ],
  ])("%s is refused", async (_, bytes, message) => {
    await expect(imaging.imageVolume(bytes, null)).rejects.toThrow(message);
    await expect(imaging.imageVolume(bytes, null)).rejects.toMatchObject({ code: "BAD_FILE" });
  });

  it("that unpacks to far more than it says is refused before it is unpacked", async () => {
    const bomb = gzipSync(Buffer.concat([good(), Buffer.alloc(64 * 2 ** 20)]));
    await expect(imaging.imageVolume(bomb, null)).rejects.toThrow("unpacks to more than its header promises");
  });

  it("of labels that are no whole numbers is refused", async () => {
    await expect(imaging.labelVolume(bytesOf(named("f4, little endian")))).rejects.toThrow("expected whole numbers");
    await expect(imaging.labelVolume(bytesOf(named("i2, little endian")))).rejects.toThrow(/has the value -\d+/);
  });
});

it("makes of equal slices pictures that differ by where they come from only", async () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => i * 20);
  const [a, b] = await Promise.all(
    ["volume slice 1", "volume slice 2"].map((source) => imaging.slicePicture(pixels, 4, 3, source)),
  );
  expect(a!.png).not.toEqual(b!.png);
  for (const { png, width, height } of [a!, b!]) {
    expect([width, height]).toEqual([4, 3]);
    expect([...(await sharp(png, { failOn: "warning" }).toColourspace("b-w").raw().toBuffer())]).toEqual([...pixels]);
  }
  expect((await sharp(a!.png).metadata()).comments).toEqual([{ keyword: "Source", text: "volume slice 1" }]);
  expect(await imaging.slicePicture(pixels, 4, 3, "volume slice 1")).toEqual(a);
});
