import { openImaging } from "@tessera/imaging/client";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { grey, greyPng, pipeline, ramp } from "./pictures.ts";

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

const jpeg = await pipeline(ramp(400, 300)).jpeg().toBuffer();
const png = await pipeline(ramp(40, 30)).png().toBuffer();

describe("image", () => {
  it("probes the header", async () => {
    expect(await imaging.probe(jpeg)).toEqual({ format: "jpeg", width: 400, height: 300, channels: 3 });
    expect(await imaging.probe(png)).toEqual({ format: "png", width: 40, height: 30, channels: 3 });
  });

  it("makes a thumbnail of 256 px, and enlarges nothing", async () => {
    const large = await imaging.image(jpeg);
    expect([large.width, large.height]).toEqual([400, 300]);
    expect(await sharp(large.thumbnail).metadata()).toMatchObject({ format: "jpeg", width: 256, height: 192 });
    expect(await sharp((await imaging.image(png)).thumbnail).metadata()).toMatchObject({ width: 40, height: 30 });
  });

  it("stretches to the size asked for and keeps the colours in place", async () => {
    const pixels = await imaging.prepareImage(png, 20);
    expect(pixels).toHaveLength(20 * 20 * 3);
    const at = (x: number, y: number) => [...pixels.subarray((y * 20 + x) * 3, (y * 20 + x) * 3 + 3)];
    // Target (x, y) is the mean of source columns 2x, 2x+1 and of rows 1.5y to 1.5(y+1): a ramp stays a ramp.
    const expected = [(200 * (2 * 10 + 0.5)) / 40, (200 * (1.5 * 10 + 0.25)) / 30, 90];
    for (const [i, value] of at(10, 10).entries()) expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(2);
  });

  it("brings grey, palette, alpha and 16-bit images to 8-bit RGB", async () => {
    const base = pipeline(ramp(32, 32));
    const files = await Promise.all([
      base.clone().greyscale().png().toBuffer(),
      base.clone().png({ palette: true }).toBuffer(),
      base.clone().ensureAlpha().png().toBuffer(),
      base.clone().toColourspace("rgb16").png().toBuffer(),
      base.clone().toColourspace("cmyk").jpeg().toBuffer(),
    ]);
    for (const file of files) expect(await imaging.prepareImage(file, 16)).toHaveLength(16 * 16 * 3);
    const plain = await imaging.prepareImage(await base.clone().png().toBuffer(), 16);
    const deep = await imaging.prepareImage(files[3]!, 16);
    expect((await sharp(files[3]).metadata()).depth).toBe("ushort");
    expect(Math.max(...deep.map((value, i) => Math.abs(value - plain[i]!)))).toBeLessThanOrEqual(1);
  });

  it("gives the same bytes for the same file", async () => {
    expect(await imaging.prepareImage(jpeg, 64)).toEqual(await imaging.prepareImage(jpeg, 64));
  });
});

describe("mask", () => {
  it("counts region and pieces, and writes 0/255 grey", async () => {
    const drawn = grey("##....", "##....", "....#.", ".....#");
    const result = await imaging.mask(await greyPng(drawn));
    expect(result).toMatchObject({ width: 6, height: 4, regionPixels: 6, components: 2, ringing: 0 });
    expect(await sharp(result.png).metadata()).toMatchObject({ format: "png", channels: 1, depth: "uchar" });
    expect(new Uint8Array(await sharp(result.png).toColourspace("b-w").raw().toBuffer())).toEqual(drawn.pixels);
  });

  it("takes luminance above 127 as foreground, by the weights of BT.601", async () => {
    const luma = (r: number, g: number, b: number) => 0.299 * r + 0.587 * g + 0.114 * b;
    const colours: [number, number, number][] = [
      [127, 127, 127],
      [128, 128, 128],
      [255, 0, 0],
      [0, 255, 0],
      [255, 0, 255],
      [0, 0, 255],
    ];
    const rgb = Uint8Array.from(colours.flat());
    const { png: out } = await imaging.mask(await pipeline({ rgb, width: 6, height: 1 }).png().toBuffer());
    const pixels = await sharp(out).toColourspace("b-w").raw().toBuffer();
    expect([...pixels]).toEqual(colours.map((colour) => (luma(...colour) > 127.5 ? 255 : 0)));
  });

  it("measures ringing as the share of in-between pixels", async () => {
    const pixels = Uint8Array.from([0, 16, 17, 100, 200, 238, 239, 255]);
    const file = await sharp(pixels, { raw: { width: 8, height: 1, channels: 1 } })
      .toColourspace("b-w")
      .png()
      .toBuffer();
    expect((await imaging.mask(file)).ringing).toBe(4 / 8);
  });

  it("recovers a mask that was saved as JPEG", async () => {
    const side = 64;
    const pixels = Uint8Array.from({ length: side * side }, (_, i) =>
      ((i % side) - 30) ** 2 + (i / side - 30) ** 2 < 300 ? 255 : 0,
    );
    const file = await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
      .jpeg({ quality: 75 })
      .toBuffer();
    const { png: out, ringing } = await imaging.mask(file);
    const back = await sharp(out).toColourspace("b-w").raw().toBuffer();
    expect(back.filter((value, i) => value !== pixels[i]).length).toBeLessThan(0.01 * pixels.length);
    expect(ringing).toBeGreaterThan(0);
  });

  it("allows an empty mask, but refuses one saved as 0/1", async () => {
    expect(await imaging.mask(await greyPng(grey("....", "....")))).toMatchObject({ regionPixels: 0, components: 0 });
    const ones = sharp(Uint8Array.from([0, 1, 1, 0]), { raw: { width: 2, height: 2, channels: 1 } });
    await expect(imaging.mask(await ones.toColourspace("b-w").png().toBuffer())).rejects.toMatchObject({
      code: "BAD_FILE",
      message: expect.stringContaining("brightest pixel is 1 of 255"),
    });
  });

  it("refuses a mask with transparency", async () => {
    const rgba = sharp(Uint8Array.from([255, 255, 255, 0, 255, 255, 255, 255]), {
      raw: { width: 2, height: 1, channels: 4 },
    });
    await expect(imaging.mask(await rgba.png().toBuffer())).rejects.toThrow("transparent pixels");
  });
});

describe("prepareMask", () => {
  const prepared = async (size: number, ...rows: string[]) => [
    ...(await imaging.prepareMask(await greyPng(grey(...rows)), size)),
  ];

  it("averages areas and takes half or more as foreground", async () => {
    expect(await prepared(2, "##..", "....", "#...", "#..#")).toEqual([1, 0, 1, 0]); // shares 2/4, 0/4, 2/4, 1/4
  });

  it("is exact where the sizes do not divide", async () => {
    // Three columns to two: the left target covers column 0 and half of column 1.
    expect(await prepared(2, "#..", "#..", "#..")).toEqual([1, 0, 1, 0]); // share 1 / 1.5
    expect(await prepared(2, ".#.", ".#.", ".#.")).toEqual([0, 0, 1, 0].map(() => 0).map((_, i) => (i === 0 ? 1 : 0))); // 0.5/1.5 each: kept by the rule below
    expect(await prepared(3, "#.", "..")).toEqual([1, 1, 0, 1, 0, 0, 0, 0, 0]); // enlarging: shares 1, 0.5, 0.5, 0.25
  });

  it("does not let a region vanish: its largest share stays", async () => {
    expect(await prepared(2, "....", "....", "....", "...#")).toEqual([0, 0, 0, 1]);
    expect(await prepared(2, "....", "....", "....", "....")).toEqual([0, 0, 0, 0]);
  });
});

describe("encode", () => {
  it("writes masks that read back exactly", async () => {
    const mask = Uint8Array.from({ length: 35 }, (_, i) => Number(i % 3 === 0));
    const file = await imaging.encodeMask(mask, 7, 5);
    expect(new Uint8Array(await imaging.prepareMask(await imaging.encodeMask(mask.slice(0, 25), 5, 5), 5))).toEqual(
      mask.slice(0, 25),
    );
    expect(await imaging.mask(file)).toMatchObject({ width: 7, height: 5, regionPixels: 12 });
  });

  it("writes images, PNG without loss", async () => {
    const { rgb, width, height } = ramp(24, 24);
    expect(
      new Uint8Array(await imaging.prepareImage(await imaging.encodeImage(rgb, width, height, "png"), 24)),
    ).toEqual(rgb);
    expect(await imaging.probe(await imaging.encodeImage(rgb, width, height, "jpeg"))).toMatchObject({
      format: "jpeg",
    });
    await expect(imaging.encodeImage(rgb, 23, 24, "png")).rejects.toThrow(`Expected ${23 * 24 * 3} values`);
  });
});
