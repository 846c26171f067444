/** Pictures that a person shows to a model: bitmaps pixel by pixel, films as an import makes them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openImaging } from "@tessera/imaging/client";
import { afterAll, describe, expect, it } from "vitest";

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

/** 3 x 2 pixels: red, green, blue over black, grey, white. */
const colours = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [0, 0, 0],
  [128, 128, 128],
  [255, 255, 255],
];

function bmp(bits: 8 | 24 | 32, topDown = false): Buffer {
  const rowBytes = Math.ceil((3 * bits) / 32) * 4;
  const start = 54 + (bits === 8 ? 6 * 4 : 0);
  const bytes = Buffer.alloc(start + 2 * rowBytes);
  bytes.write("BM");
  bytes.writeUInt32LE(start, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(3, 18);
  bytes.writeInt32LE(topDown ? -2 : 2, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(bits, 28);
  for (const [i, [r, g, b]] of colours.entries()) {
    const [y, x] = [Math.floor(i / 3), i % 3];
    const row = start + rowBytes * (topDown ? y : 1 - y);
    if (bits === 8) {
      bytes.set([b!, g!, r!, 0], 54 + 4 * i);
      bytes[row + x] = i;
    } else bytes.set([b!, g!, r!], row + (x * bits) / 8);
  }
  return bytes;
}

describe("a bitmap", () => {
  it.each([
    [8, false],
    [24, false],
    [24, true],
    [32, false],
  ] as const)("of %i bits, topmost row first: %s, is read pixel by pixel", async (bits, topDown) => {
    const got = await imaging.picture(bmp(bits, topDown), 6); // each pixel twice as wide, three times as high: corners stay
    const at = (y: number, x: number) => [...got.subarray(3 * (6 * y + x), 3 * (6 * y + x) + 3)];
    const near = (a: number[], b: number[]) => a.every((value, i) => Math.abs(value - b[i]!) < 24);
    expect(
      [at(0, 0), at(0, 5), at(5, 0), at(5, 5)].map((each, i) =>
        near(each, [colours[0]!, colours[2]!, colours[3]!, colours[5]!][i]!),
      ),
    ).toEqual([true, true, true, true]);
  });

  it("that is cut off, compressed or of odd bits is refused in words", async () => {
    await expect(imaging.picture(bmp(24).subarray(0, 60), 4)).rejects.toThrow("it ends before the image does");
    await expect(imaging.picture(bmp(24).subarray(0, 20), 4)).rejects.toThrow("fewer than its header");
    const packed = bmp(8);
    packed.writeUInt32LE(1, 30);
    await expect(imaging.picture(packed, 4)).rejects.toThrow("got 8 bits and compression 1; save it as PNG");
    const huge = bmp(24);
    huge.writeInt32LE(1_000_000, 18);
    await expect(imaging.picture(huge, 4)).rejects.toMatchObject({ code: "BAD_FILE" });
    const beyond = bmp(8);
    beyond[beyond.length - 4] = 255;
    await expect(imaging.picture(beyond, 4)).rejects.toThrow("a colour that its palette has not");
  });
});

const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const present = existsSync(`${data}/natural-images`) && existsSync(`${data}/cxr-samples`);
if (!present) console.warn("The cat and the chest x-rays are not at ../shared/data: reading them is SKIPPED");

describe.skipIf(!present)("the files of ../shared/data", () => {
  it("give the cat as it is, and a film as its import's picture", async () => {
    const size = 32;
    const cat = readFileSync(`${data}/natural-images/cat.bmp`);
    const got = await imaging.picture(cat, size);
    const [start, width, height] = [10, 18, 22].map((at) => cat.readInt32LE(at)) as [number, number, number];
    const stride = Math.ceil((width * 3) / 4) * 4;
    // The mean of each quarter, red first; the file has its last row and blue first.
    for (const [down, right] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const [ofFile, ofPicture] = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
      for (let y = down * rows; y < (down + 1) * rows; y++) {
        for (let x = right * columns; x < (right + 1) * columns; x++) {
          for (let c = 0; c < 3; c++)
            ofFile[c]! += cat[start + (height - 1 - y) * stride + 3 * x + 2 - c]! / (rows * columns);
        }
      }
      for (let y = 16 * down; y < 16 * down + 16; y++) {
        for (let x = 16 * right; x < 16 * right + 16; x++) {
          for (let c = 0; c < 3; c++) ofPicture[c]! += got[3 * (size * y + x) + c]! / 256;
        }
      }
      for (let c = 0; c < 3; c++) expect(Math.abs(ofPicture[c]! - ofFile[c]!)).toBeLessThan(2);
    }
    const [name] = readdirSync(`${data}/cxr-samples/dicom`);
    const bytes = readFileSync(`${data}/cxr-samples/dicom/${name}`);
    const film = await imaging.film(bytes, "key");
    expect(await imaging.picture(bytes, size)).toEqual(await imaging.prepareImage(film.png, size));
    const png = readFileSync(`${data}/cxr-samples/images/00027426_000.png`);
    expect(await imaging.picture(png, size)).toEqual(await imaging.prepareImage(png, size));
  });
});
