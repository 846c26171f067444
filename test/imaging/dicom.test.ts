import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openImaging } from "@tessera/imaging/client";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

interface Fixtures {
  readonly width: number;
  readonly height: number;
  readonly films: readonly {
    readonly name: string;
    readonly file: string;
    /** False: a lossy packing, which decoders need not unpack alike. */
    readonly exact: boolean;
    /** [height][width], before rounding. */
    readonly shades: readonly (readonly number[])[];
  }[];
}
const text = readFileSync(new URL("fixtures/dicomFilms.json", import.meta.url), "utf8"); // pydicom's, by dicomFilms.py
const { width, height, films } = JSON.parse(text) as Fixtures;
const bytesOf = (name: string) => Buffer.from(films.find((film) => film.name === name)!.file, "base64");
const pixelsOf = (png: Uint8Array) => sharp(png).toColourspace("b-w").raw().toBuffer();

describe("films as pydicom shows them", () => {
  it.each(films)("$name", async ({ file, exact, shades }) => {
    const made = await imaging.film(Buffer.from(file, "base64"), "key");
    expect([made.width, made.height]).toEqual([width, height]);
    const expected = shades.flat();
    const apart = [...(await pixelsOf(made.png))].map((shade, at) => Math.abs(shade - expected[at]!));
    expect(Math.max(...apart)).toBeLessThanOrEqual(exact ? 0.5001 : 3);
    expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThan(exact ? 0.5 : 0.8);
  });
});

describe("what is left of a film's tags", () => {
  const plain = bytesOf("8 bits, several windows");

  it("is a hash of the patient's id by a key, and nothing in the picture", async () => {
    const [one, again, other] = [await imaging.film(plain, "a"), await imaging.film(plain, "a"), await imaging.film(plain, "b")]; // biome-ignore format: a row
    expect(one.subject).toMatch(/^patient [0-9a-f]{16}$/);
    expect(again.subject).toBe(one.subject);
    expect(other.subject).not.toBe(one.subject);
    expect(Object.keys(one).sort()).toEqual(["burntIn", "height", "png", "spacing", "subject", "thumbnail", "width"]);
    for (const secret of ["secret-4711", "Planted", "19700101", "20200202"]) {
      expect(plain.includes(secret)).toBe(true);
      expect(Buffer.from(one.png).includes(secret) || Buffer.from(one.thumbnail).includes(secret)).toBe(false);
    }
    expect((await sharp(one.png).metadata()).exif).toBeUndefined();
  });
});

/** The value of a short element of the explicit files, changed in place. */
function changed(name: string, group: number, element: number, value: number): Buffer {
  const file = bytesOf(name);
  const at = file.indexOf(Buffer.from([group & 255, group >> 8, element & 255, element >> 8]));
  expect(at).toBeGreaterThan(0);
  file.writeUInt16LE(value, at + 8);
  return file;
}

describe("hostile and unusual films", () => {
  const plain = "8 bits, several windows";
  it.each<[string, () => Buffer, RegExp]>([
    ["no DICOM", () => Buffer.from("no DICOM at all"), /DICM/],
    ["a film cut short", () => bytesOf(plain).subarray(0, -40), /truncated|damaged/],
    ["more rows than there are pixels", () => changed(plain, 0x28, 0x10, 9000), /truncated/],
    ["65535 x 65535 pixels", () => changed2(plain), /megapixels/],
    ["no pixels in width", () => changed(plain, 0x28, 0x11, 0), /megapixels/],
    ["three colours", () => changed(plain, 0x28, 0x02, 3), /grey film/],
    ["32 bits", () => changed(plain, 0x28, 0x100, 32), /8 or 16 bits/],
    ["a high bit beyond them", () => changed(plain, 0x28, 0x102, 15), /8 or 16 bits/],
    ["JPEG of another size", () => changed("JPEG baseline", 0x28, 0x10, 4000), /packed picture has 18x13/],
    ["JPEG 2000 of another size", () => changed("JPEG 2000", 0x28, 0x11, 4000), /packed picture has 18x13/],
    ["JPEG-LS of another size", () => changed("JPEG-LS", 0x28, 0x11, 4000), /packed picture has 18x13/],
    ["JPEG lossless of another size", () => changed("JPEG lossless", 0x28, 0x11, 400), /packed picture has 18x13/],
    ["run lengths that end early", () => changed("run lengths, 8 bits", 0x28, 0x10, 4000), /run lengths end early/],
    ["run lengths of fewer bytes", () => changed("run lengths, 8 bits", 0x28, 0x100, 16), /8 or 16 bits|segments/],
  ])("are refused: %s", async (_, file, says) => {
    await expect(imaging.film(file(), "key")).rejects.toMatchObject({
      code: "BAD_FILE",
      message: expect.stringMatching(says),
    });
  });

  it("are refused, or read, but never crash: packed pixels with any byte changed", async () => {
    for (const name of ["JPEG-LS", "JPEG 2000", "JPEG lossless", "run lengths, 16 bits"]) {
      const whole = bytesOf(name);
      for (let at = whole.length - 400; at < whole.length; at += 29) {
        const file = Buffer.from(whole);
        file[at]! ^= 0xff;
        const outcome = await imaging.film(file, "key").catch((error: { code?: string }) => error.code ?? error);
        if (typeof outcome === "string") expect(outcome).toBe("BAD_FILE");
        else expect(outcome).toMatchObject({ width });
      }
    }
  });
});

function changed2(name: string): Buffer {
  const file = changed(name, 0x28, 0x10, 65535);
  file.writeUInt16LE(65535, file.indexOf(Buffer.from([0x28, 0, 0x11, 0])) + 8);
  return file;
}

const folder = fileURLToPath(new URL("../../../shared/data/cxr-samples/dicom", import.meta.url));
if (!existsSync(folder)) console.warn("The x-ray samples are not at ../shared/data/cxr-samples: their test is SKIPPED");

describe.skipIf(!existsSync(folder))("a real chest film", () => {
  it("is read, its malformed age and all: 1024 x 1024, JPEG, with its pixel spacing", async () => {
    const [name] = readdirSync(folder);
    const made = await imaging.film(readFileSync(join(folder, name!)), "key");
    expect([made.width, made.height, made.burntIn]).toEqual([1024, 1024, false]);
    expect(made.subject).toMatch(/^patient /);
    const pixels = await pixelsOf(made.png);
    const mean = pixels.reduce((sum, each) => sum + each, 0) / pixels.length;
    expect(mean).toBeGreaterThan(60);
    expect(mean).toBeLessThan(200);
    expect(new Set(pixels).size).toBeGreaterThan(150);
  });
});
