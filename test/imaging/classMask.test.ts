import { readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { openImaging } from "@tessera/imaging/client";
import { pngSamples } from "@tessera/imaging/pngSamples";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { grey, greyPng, pipeline, ramp } from "./pictures.ts";

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

const map = (...rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  indices: Uint8Array.from(rows.join(""), Number),
});
const greyOf = (png: Uint8Array) => sharp(png).toColourspace("b-w").raw().toBuffer();
const rowsOf = (pixels: Uint8Array, width: number) =>
  Array.from({ length: pixels.length / width }, (_, y) => [...pixels.subarray(y * width, (y + 1) * width)].join(""));

/** A grey PNG whose rows have the filters 0 to 4 in turn (PNG specification, section 9). */
function filteredPng(pixels: Uint8Array, width: number, height: number): Buffer {
  const part = (type: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : pixels[y * width + x]!);
  const paeth = (a: number, b: number, c: number) =>
    [a, b, c].reduce((best, each) => (Math.abs(a + b - c - each) < Math.abs(a + b - c - best) ? each : best));
  const rows = Array.from({ length: height }, (_, y) => [
    y % 5,
    ...Array.from({ length: width }, (_, x) => {
      const [a, b, c] = [at(x - 1, y), at(x, y - 1), at(x - 1, y - 1)];
      return (at(x, y) - [0, a, b, Math.floor((a + b) / 2), paeth(a, b, c)][y % 5]!) & 255;
    }),
  ]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    part("IHDR", head),
    part("IDAT", deflateSync(Buffer.from(rows.flat()))),
    part("IEND", Buffer.alloc(0)),
  ]);
}

describe("an index map as PNG", () => {
  it("keeps class index + 1 as the pixel value, and 255 where there is one class", async () => {
    const { width, height, indices } = map("0123", "0003");
    const several = await imaging.encodeClassMask(indices, width, height, 3);
    expect(several).toMatchObject({ width: 4, height: 2, regionPixels: [1, 1, 2], components: [1, 1, 1] });
    expect([...(await greyOf(several.png))]).toEqual([...indices]);
    expect(await sharp(several.png).metadata()).toMatchObject({ channels: 1, depth: "uchar" });
    const one = map("0110");
    const single = await imaging.encodeClassMask(one.indices, 4, 1, 1);
    expect([...(await greyOf(single.png))]).toEqual([0, 255, 255, 0]);
    expect(single.png).toEqual(await imaging.encodeMask(one.indices, 4, 1));
  });
});

describe("an index map at the size of a model", () => {
  const prepare = async (drawn: ReturnType<typeof map>, size: number, classes: number) => {
    const { png } = await imaging.encodeClassMask(drawn.indices, drawn.width, drawn.height, classes);
    return rowsOf(Buffer.from(await imaging.prepareClassMask(png, size, classes)), size);
  };

  it("takes the class that covers most, where all together cover half", async () => {
    expect(await prepare(map("1100", "1223", "0000", "0300"), 2, 3)).toEqual(["12", "30"]);
    expect(await prepare(map("1000", "1200", "0000", "0000"), 2, 2)).toEqual(["10", "00"]); // 3 of 4 pixels, of which two are of class 1
  });

  it("prefers the first of classes that cover as much", async () => {
    expect(await prepare(map("2100", "2100", "0000", "1222"), 2, 2)).toEqual(["10", "12"]);
  });

  it("lets no class vanish while there is a pixel to give, and takes none that is another's only one", async () => {
    expect(await prepare(map("1111", "1111", "1211", "1111"), 2, 2)).toEqual(["11", "21"]);
    expect(await prepare(map("12", "10"), 1, 2)).toEqual(["1"]);
  });

  it("is for one class what it always was", async () => {
    const drawn = grey("##....", "##....", "....#.", ".....#");
    const png = await greyPng(drawn);
    for (const size of [1, 2, 4, 9]) {
      expect(await imaging.prepareClassMask(png, size, 1)).toEqual(await imaging.prepareMask(png, size));
    }
  });

  it("of two classes, of which one is not there, equals the mask of the other alone", async () => {
    const side = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(side, side, side, fc.infiniteStream(fc.boolean()), async (width, height, size, drawn) => {
        const mask = Uint8Array.from({ length: width * height }, () => (drawn.next().value ? 1 : 0));
        const one = await imaging.encodeClassMask(mask, width, height, 1);
        const two = await imaging.encodeClassMask(
          mask.map((value) => 2 * value),
          width,
          height,
          2,
        );
        const expected = await imaging.prepareMask(one.png, size);
        expect([...(await imaging.prepareClassMask(two.png, size, 2))]).toEqual(
          [...expected].map((value) => 2 * value),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("refuses a value of no class", async () => {
    const { png } = await imaging.encodeClassMask(Uint8Array.of(0, 3), 2, 1, 3);
    await expect(imaging.prepareClassMask(png, 2, 2)).rejects.toThrow("the value 3, but there are 2 classes");
  });
});

describe("index masks of other programs", () => {
  interface Fixture {
    readonly name: string;
    readonly png: string;
    readonly width: number;
    readonly height: number;
    readonly values: readonly number[];
  }
  const fixtures = JSON.parse(readFileSync(new URL("fixtures/indexMasks.json", import.meta.url), "utf8")) as Fixture[];

  it.each(fixtures)("are read value by value: $name", async ({ png, width, height, values }) => {
    const bytes = Buffer.from(png, "base64");
    const found = [...new Set(values)].sort((a, b) => a - b);
    expect(await imaging.indexValues(bytes, "a.png")).toEqual(found);
    const classes = 3;
    const of = (value: number) => value % (classes + 1);
    const mask = await imaging.indexMask(
      bytes,
      found.map((value) => [value, of(value)]),
      classes,
    );
    expect([mask.width, mask.height]).toEqual([width, height]);
    expect([...(await greyOf(mask.png))]).toEqual(values.map(of));
  });

  it("are read whatever filters their rows have", async () => {
    const [width, height] = [61, 47];
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return Math.floor(110 + 60 * Math.sin(x / 5) * Math.cos(y / 4) + ((x * y) % 7) + x + (y % 3));
    });
    const png = filteredPng(pixels, width, height);
    expect([...(await greyOf(png))]).toEqual([...pixels]); // libpng reads it so
    const { channels, samples } = pngSamples(png);
    expect(channels).toBe(1);
    expect([...samples]).toEqual([...pixels]);
  });

  it("are refused where a value is no class, with advice for 255", async () => {
    const png = (value: number) =>
      sharp(Uint8Array.of(0, 1, value, 0), { raw: { width: 4, height: 1, channels: 1 } })
        .toColourspace("b-w")
        .png()
        .toBuffer();
    const read = async (value: number) => imaging.indexMask(await png(value), [[0, 0], [1, 1]], 1); // biome-ignore format: pairs
    await expect(read(7)).rejects.toThrow("has the value 7, which is no class");
    await expect(read(255)).rejects.toThrow(/value 255, which is no class; many data sets mean "ignore"/);
  });

  it("are refused where they are colours, JPEGs, interlaced, cut or damaged", async () => {
    const base = pipeline(ramp(32, 32));
    const read = (bytes: Uint8Array, name?: string) => imaging.indexValues(bytes, name);
    await expect(read(await base.clone().png().toBuffer())).rejects.toThrow("got 3 channels");
    await expect(read(await base.clone().jpeg().toBuffer())).rejects.toThrow("Expected a PNG");
    const grey8 = await base.clone().greyscale().toColourspace("b-w").png().toBuffer();
    await expect(read(await sharp(grey8).png({ progressive: true }).toBuffer())).rejects.toThrow("interlaced");
    await expect(read(grey8.subarray(0, grey8.length / 2))).rejects.toMatchObject({ details: { truncated: true } });
    const damaged = Buffer.from(grey8);
    damaged[damaged.length - 30]! ^= 1;
    await expect(read(damaged)).rejects.toThrow("fails its checksum");
    await expect(read(grey8, "a.jpg")).rejects.toThrow("rename it to .png");
  });
});
