import { deflateSync } from "node:zlib";
import { openImaging } from "@tessera/imaging/client";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { pipeline, ramp } from "./pictures.ts";

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

const jpeg = await pipeline(ramp(120, 90)).jpeg().toBuffer();
const png = await pipeline(ramp(120, 90)).png().toBuffer();

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const crc = ~body.reduce((c, byte) => crcTable[(c ^ byte) & 0xff]! ^ (c >>> 8), 0xffffffff) >>> 0;
  const [length, end] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  end.writeUInt32BE(crc);
  return Buffer.concat([length, body, end]);
}
/** A correct 1-bit grey PNG of any size in a few kilobytes: an image bomb. */
function bomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc(side * (1 + side / 8)));
  return Buffer.concat([
    png.subarray(0, 8),
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const cases: { name: string; bytes: Uint8Array; fileName?: string; message: string }[] = [
  { name: "empty", bytes: new Uint8Array(), message: "The file is empty" },
  { name: "JPEG cut in half", bytes: jpeg.subarray(0, jpeg.length >> 1), message: "The file is truncated" },
  { name: "PNG cut in half", bytes: png.subarray(0, png.length >> 1), message: "The file is truncated" },
  { name: "text", bytes: Buffer.from("name,subject\n"), message: "got text" },
  {
    name: "SVG",
    bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    message: "got an XML, SVG or HTML document",
  },
  { name: "GIF", bytes: Buffer.from("GIF89a\x01\x00\x01\x00", "latin1"), message: "got a GIF image" },
  { name: "TIFF", bytes: Buffer.from("II*\0\x08\0\0\0", "latin1"), message: "got a TIFF image or slide" },
  { name: "DICOM", bytes: Buffer.concat([Buffer.alloc(128), Buffer.from("DICM")]), message: "got a DICOM file" },
  { name: "ZIP", bytes: Buffer.from("PK\x03\x04"), message: "got a ZIP archive" },
  { name: "PNG named .jpg", bytes: png, fileName: "a.jpg", message: "ends in .jpg but the file is a PNG image" },
  { name: "only the first bytes of a JPEG", bytes: jpeg.subarray(0, 3), message: "The file is truncated" },
  { name: "image bomb", bytes: bomb(16_000), message: "too large: 16000x16000 is over the limit of 64 megapixels" },
  {
    name: "turned by EXIF",
    bytes: await pipeline(ramp(9, 9)).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    message: "EXIF orientation 6",
  },
];

describe.each(cases)("$name", ({ bytes, fileName, message }) => {
  it.each(["image", "mask"] as const)("is refused by %s", async (operation) => {
    await expect(imaging[operation](bytes, fileName)).rejects.toMatchObject({
      code: "BAD_FILE",
      message: expect.stringContaining(message),
    });
  });
});

it("never hangs and never answers but with a picture or BAD_FILE, whatever bytes are changed", async () => {
  const before = imaging.processIds();
  const damaged = fc.tuple(
    fc.constantFrom(jpeg, png),
    fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { minLength: 1, maxLength: 6 }),
  );
  await fc.assert(
    fc.asyncProperty(damaged, async ([file, changes]) => {
      const bytes = Buffer.from(file);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const result = await imaging.image(bytes).then(
        () => "BAD_FILE",
        (error) => error.code,
      );
      expect(result).toBe("BAD_FILE");
    }),
    { seed: 3, numRuns: 150 },
  );
  expect(imaging.processIds()).toEqual(before); // no decoder died of it
});
