/** @file Slides by OpenSlide in children: real ones, made ones, and hostile ones. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharpness } from "@tessera/domain/slides/sharpness";
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { openSlides, type Slides } from "@tessera/imaging/slides/client";
import { writeDeidentified } from "@tessera/imaging/slides/deidentify";
import { otsuThreshold } from "@tessera/imaging/slides/tissue";
import type { SlideWorld } from "@tessera/synthetic/slides/tissueWorld";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasWsiSmall, smallWorld, writeSmallSlide, wsiSmall } from "../support/slides.ts";

const fixtures = JSON.parse(readFileSync("test/imaging/fixtures/slides.json", "utf8"));
const cmu = { path: `${wsiSmall}/cmu-1-small-region.svs`, name: "cmu-1-small-region.svs" };
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let work: string;
let slides: Slides;
let made: { path: string; name: string };
let world: SlideWorld;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "tessera-slides-"));
  slides = openSlides({ processes: 1 });
  made = { path: join(work, "made.tif"), name: "made.tif" };
  world = await writeSmallSlide(made.path, { pen: true });
});
afterAll(async () => {
  await slides.close();
  rmSync(work, { recursive: true, force: true });
});

describe.runIf(hasWsiSmall)("the CMU slide", () => {
  it("has the scale and the pixels that openslide-python reads", async () => {
    const { dimensions, micronsPerPixel, magnification, regions } = fixtures.cmu;
    const info = await slides.describe(cmu);
    expect([info.width, info.height]).toEqual(dimensions);
    expect(info).toMatchObject({
      format: "aperio",
      micronsPerPixel: { x: micronsPerPixel, y: micronsPerPixel },
      magnification,
    });
    for (const { sha256: expected, ...region } of regions) {
      expect(sha256(await slides.region(cmu, { level: 0, ...region }))).toBe(expected);
    }
  });

  it("gives nobody its label, macro and properties", async () => {
    const info = await slides.describe(cmu);
    expect(info.hidden).toEqual({ pictures: 3, properties: 30 });
    expect(JSON.stringify(info)).not.toMatch(/CMU-1|CPAPERIOCS|12\/29\/09/);
  });

  it("is copied without what may name a patient, pixel for pixel, and the same each time", async () => {
    const copies = [join(work, "a.svs"), join(work, "b.svs")];
    for (const copy of copies) await slides.deidentify(cmu, copy);
    const [bytes, again] = copies.map((copy) => readFileSync(copy));
    expect(sha256(again!)).toBe(sha256(bytes!));
    const original = readFileSync(cmu.path);
    for (const word of ["CMU-1", "CPAPERIOCS", "b414003d", "1004486", "12/29/09", "macro 1280x431", "label 387x463"]) {
      expect(original.includes(word), word).toBe(true);
      expect(bytes!.includes(word), word).toBe(false);
    }
    const copy = { path: copies[0]!, name: "a.svs" };
    const { hidden, ...info } = await slides.describe(copy);
    expect(hidden.pictures).toBe(0);
    expect(info).toEqual({ ...(await slides.describe(cmu)), hidden: undefined });
    const all = { level: 0, x: 0, y: 0, width: info.width, height: info.height };
    expect(sha256(await slides.region(copy, all))).toBe(sha256(await slides.region(cmu, all)));
  });

  it("has tissue in its middle, none on its glass, and no pen", async () => {
    const found = await slides.tissue(cmu, usualTileRule, { x: 0.499, y: 0.499 });
    expect(found.tissue.share).toBeGreaterThan(0.25);
    expect(found.tissue.share).toBeLessThan(0.4);
    expect(found.tissue.pen).toBeLessThan(0.01); // torn edges are teal
    const share = (x: number, y: number) => found.tiles.x.filter((each, at) => each === x && found.tiles.y[at] === y);
    expect([share(1122, 1571), share(224, 224), share(1796, 1122)].map(({ length }) => length)).toEqual([1, 0, 0]);
    const list = { ...found.tiles, extent: found.extent, size: usualTileRule.size };
    expect(Math.min(...(await slides.tileSharpness(cmu, list)))).toBeGreaterThan(20 * usualTileRule.leastSharpness);
  });
});

it.runIf(hasWsiSmall)(
  "takes a plain TIFF as one level without a scale, whose resolution for print is none",
  async () => {
    const info = await slides.describe({ path: `${wsiSmall}/kidney-48-5.tif`, name: "kidney-48-5.tif" });
    expect(info).toMatchObject({
      format: "picture",
      width: 1493,
      height: 901,
      micronsPerPixel: null,
      magnification: null,
    });
  },
);

describe.runIf(hasWsiSmall)("pen", () => {
  it.each([
    ["no-tissue-green-pen.png", 0.6],
    ["very-low-nuclei-score-red-pen-level1.png", 0.1],
    ["no-tissue-red-pen.png", 0.1],
    ["medium-nuclei-score-green-pen-level1.png", 0.3],
  ])("is found on %s", async (name, least) => {
    expect((await penOf(name)).pen).toBeGreaterThan(least);
  });

  it.each([
    "medium-nuclei-score-level2.png",
    "high-nuclei-score-level2.png",
    "tissue-level0-7352-11762-7864-12274.png",
    "liver-level2-57138-8209-57938-9009.png",
  ])("is not found on %s, which is tissue", async (name) => {
    const { pen, share } = await penOf(name);
    expect(pen).toBeLessThan(0.025);
    expect(share).toBeGreaterThan(0.1);
  });

  const penOf = async (name: string) => {
    const rule = { ...usualTileRule, size: 32, leastTissue: 0 };
    return (await slides.tissue({ path: `${wsiSmall}/tiles/${name}`, name }, rule, { x: 0.5, y: 0.5 })).tissue;
  };
});

describe("a made slide", () => {
  it("is the world that was planted, at every level", async () => {
    const info = await slides.describe(made);
    expect(info).toMatchObject({
      format: "generic-tiff",
      width: 1600,
      height: 1200,
      micronsPerPixel: { x: 0.5, y: 0.5 },
    });
    expect(info.levels.map(({ width }) => width)).toEqual([1600, 800]);
    const region = { level: 0, x: 512, y: 512, width: 256, height: 256 };
    expect(sha256(await slides.region(made, region))).toBe(sha256(world.tileAt(512, 512)));
    const below = await slides.region(made, { ...region, level: 1, width: 128, height: 128 });
    expect(Math.abs(mean(below) - mean(world.tileAt(512, 512)))).toBeLessThan(0.5);
  });

  it("has its planted share of tumour, and its tiles of tissue are found", async () => {
    const planted = world.tissue.reduce((sum, value) => sum + value, 0);
    expect(world.witnessRate).toBeCloseTo(Math.round(smallWorld.witnessRate * planted) / planted, 10);
    const rule = { ...usualTileRule, size: smallWorld.cell, leastTissue: 0.8 };
    const { tiles, places, dropped, tissue } = await slides.tissue(made, rule, { x: 0.5, y: 0.5 });
    expect(places).toBe(world.columns * world.rows);
    expect(tiles.x.length).toBe(places - dropped);
    expect(tissue.pen).toBeGreaterThan(0.01); // its stroke of ink
    const found = new Set(
      tiles.x.map((x, at) => (tiles.y[at]! / smallWorld.cell) * world.columns + x / smallWorld.cell),
    );
    const missed = [...world.tissue.keys()].filter((at) => world.tissue[at] === 1 && !found.has(at));
    expect(missed).toEqual([]);
    expect([...found].every((at) => at % world.columns > 1)).toBe(true); // not the ink
  });

  it("gives tiles as they are at their scale, blurred ones by their sharpness", async () => {
    const list = { x: [512, 768], y: [512, 512], extent: { x: 256, y: 256 }, size: 256 };
    const [first, second] = [world.tileAt(512, 512), world.tileAt(768, 512)];
    const pixels = await slides.tiles(made, list);
    expect(sha256(pixels)).toBe(sha256(Buffer.concat([first, second])));
    const values = await slides.tileSharpness(made, list);
    expect(values[0]).toBeCloseTo(sharpness(first, 256, 256), 0);
    const tiny = await slides.tiles(made, { ...list, size: 32 });
    expect(Math.abs(mean(tiny) - mean(pixels))).toBeLessThan(1);
  });

  it("says what is outside: no such level, too large a region, no such tile of the viewer", async () => {
    const region = { level: 0, x: 0, y: 0, width: 10, height: 10 };
    await expect(slides.region(made, { ...region, level: 7 })).rejects.toThrow("level: expected 0 to 1, got 7");
    await expect(slides.region(made, { ...region, width: 5000, height: 5000 })).rejects.toThrow("read it in parts");
    await expect(slides.zoomTile(made, 11, 9, 9)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await slides.zoomTile(made, 11, 3, 2)).subarray(0, 2).toString("hex")).toBe("ffd8");
  });
});

describe("a file that is no slide, or a hostile one, is refused", () => {
  /** A copy of the made slide with other bytes. */
  const altered = (name: string, change: (bytes: Buffer) => Buffer | undefined) => {
    const path = join(work, name);
    const bytes = readFileSync(made.path);
    writeFileSync(path, change(bytes) ?? bytes);
    return { path, name };
  };
  const firstDirectory = (bytes: Buffer) => Number(bytes.readBigUInt64LE(8));
  const nextAt = (bytes: Buffer, at: number) => at + 8 + 20 * Number(bytes.readBigUInt64LE(at));
  const entryAt = (bytes: Buffer, tag: number) => {
    const at = firstDirectory(bytes);
    const count = Number(bytes.readBigUInt64LE(at));
    return Array.from({ length: count }, (_, i) => at + 8 + 20 * i).find((entry) => bytes.readUInt16LE(entry) === tag)!;
  };

  it.each<[string, string, (bytes: Buffer) => Buffer | undefined, RegExp]>([
    ["truncated", "cut.tif", (bytes) => bytes.subarray(0, bytes.length - 1000), /truncated.*the file ends at/],
    [
      "whose tiles lie beyond its end",
      "beyond.tif",
      (bytes) => {
        const at = Number(bytes.readBigUInt64LE(entryAt(bytes, 324) + 12));
        bytes.writeBigUInt64LE(10n ** 12n, at);
      },
      /truncated: directory 1 has pixels up to byte 1000/,
    ],
    [
      "with a loop of directories",
      "loop.tif",
      (bytes) => {
        const first = firstDirectory(bytes);
        const second = Number(bytes.readBigUInt64LE(nextAt(bytes, first)));
        bytes.writeBigUInt64LE(BigInt(first), nextAt(bytes, second));
      },
      /directories form a loop: after 2 of them/,
    ],
    [
      "that claims a billion tiles",
      "tiles.tif",
      (bytes) => {
        bytes.writeUInt32LE(2 ** 20, entryAt(bytes, 256) + 12);
        bytes.writeUInt32LE(2 ** 20, entryAt(bytes, 257) + 12);
        bytes.writeUInt32LE(16, entryAt(bytes, 322) + 12);
        bytes.writeUInt32LE(16, entryAt(bytes, 323) + 12);
      },
      /has 4294967296 tiles; expected at most/,
    ],
    [
      "that is larger than its list of tiles",
      "list.tif",
      (bytes) => {
        bytes.writeUInt32LE(100_000, entryAt(bytes, 256) + 12);
      },
      /of 100000 x 1200 pixels needs 1955 tiles, and lists 35/,
    ],
    [
      "whose list of tiles claims more memory than there is",
      "memory.tif",
      (bytes) => {
        bytes.writeBigUInt64LE(2n ** 40n, entryAt(bytes, 324) + 4);
      },
      /tag 324 of its directory 1 claims 1099511627776 values/,
    ],
    [
      "that is renamed",
      "renamed.svs",
      () => undefined,
      /ends in \.svs, which promises the format aperio, but the file is generic-tiff/,
    ],
    [
      "that is text",
      "text.svs",
      () => Buffer.from("Dear colleague, the slide follows."),
      /Expected a slide .* got text/,
    ],
    ["that is empty", "empty.tif", () => Buffer.alloc(0), /empty \(0 bytes\)/],
    [
      "that has the beginning of a TIFF and nothing else",
      "head.tif",
      (bytes) => bytes.subarray(0, 12),
      /truncated: its header/,
    ],
  ])("a file %s", async (_, name, change, expected) => {
    await expect(slides.describe(altered(name, change))).rejects.toThrow(expected);
    await expect(slides.describe(altered(name, change))).rejects.toMatchObject({ code: "BAD_FILE" });
    expect((await slides.describe(made)).width).toBe(1600); // the child still reads
  });

  it("a tile whose compressed bytes are none, when it is read", async () => {
    const broken = altered("broken.tif", (bytes) => {
      const at = Number(bytes.readBigUInt64LE(Number(bytes.readBigUInt64LE(entryAt(bytes, 324) + 12))));
      bytes.fill(7, at, at + 200);
    });
    expect((await slides.describe(broken)).width).toBe(1600);
    const region = { level: 0, x: 0, y: 0, width: 10, height: 10 };
    await expect(slides.region(broken, region)).rejects.toMatchObject({ code: "BAD_FILE" });
    await expect(slides.region(broken, { ...region, x: 800 })).resolves.toHaveLength(300); // its other tiles
  });

  it.runIf(process.platform === "linux")("what takes more memory than a child has", () => {
    const program = `import { limitMemory } from "@tessera/imaging/slides/memoryLimit";
      limitMemory(400 * 2 ** 20);
      console.log(new Uint8Array(200 * 2 ** 20).length);
      try { console.log(new Uint8Array(600 * 2 ** 20).length); } catch (error) { console.log(error.message); }`;
    const path = join("test", "imaging", `memory-${process.pid}.mts`);
    writeFileSync(path, program);
    const { stdout } = spawnSync(process.execPath, ["--import", "tsx", path], { encoding: "utf8" });
    rmSync(path);
    expect(stdout).toMatch(/^209715200\n.*allocation failed/);
  });
});

describe("a copy without what may name a patient", () => {
  it("has nothing that no level of the slide refers to", async () => {
    const file = { path: join(work, "note.tif"), name: "note.tif" };
    writeFileSync(file.path, Buffer.concat([readFileSync(made.path), Buffer.from("Patient: Jane Roe")]));
    const copy = { path: join(work, "note-copy.tif"), name: "copy.tif" };
    await slides.deidentify(file, copy.path);
    expect(readFileSync(copy.path).includes("Jane")).toBe(false);
    const region = { level: 1, x: 0, y: 0, width: 800, height: 600 };
    expect(sha256(await slides.region(copy, region))).toBe(sha256(await slides.region(made, region)));
  });

  it("is a PNG of the pixels alone for a plain picture", async () => {
    const rgb = Uint8Array.from({ length: 3 * 64 * 64 }, (_, at) => at % 251);
    const bytes = await sharp(rgb, { raw: { width: 64, height: 64, channels: 3 } })
      .withExif({ IFD0: { Artist: "Jane Roe" } })
      .png()
      .toBuffer();
    expect(bytes.includes("Jane")).toBe(true);
    const file = { path: join(work, "plain.png"), name: "plain.png" };
    writeFileSync(file.path, bytes);
    const copy = { path: join(work, "plain-copy"), name: "plain" };
    await slides.deidentify(file, copy.path);
    expect(readFileSync(copy.path).includes("Jane")).toBe(false);
    const all = { level: 0, x: 0, y: 0, width: 64, height: 64 };
    expect(sha256(await slides.region(copy, all))).toBe(sha256(rgb));
  });

  it("is refused for a vendor whose label cannot be taken off, with what to do", () => {
    const asked = () => writeDeidentified(made.path, "hamamatsu", join(work, "never"));
    expect(asked).toThrow(/cannot take label and properties off a hamamatsu slide.*convert it to a tiled TIFF/);
  });
});

it("finds Otsu's threshold as scikit-image does", () => {
  const cases = fixtures.otsu as { histogram: number[]; threshold: number }[];
  expect(cases.map(({ histogram }) => otsuThreshold(Float64Array.from(histogram)))).toEqual(
    cases.map(({ threshold }) => threshold),
  );
});

it("measures sharpness as SciPy's Laplacian varies", () => {
  const { rgb, width, height, value } = fixtures.sharpness;
  expect(sharpness(Uint8Array.from(rgb as number[]), width, height)).toBeCloseTo(value, 1);
});

const mean = (bytes: Uint8Array) => bytes.reduce((sum, value) => sum + value, 0) / bytes.length;
