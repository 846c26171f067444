/** The perceptual hash against the Python package imagehash, and what it must not depend on. */
import { readFileSync } from "node:fs";
import { bitsBetween } from "@tessera/analysis/duplicates/hashIndex";
import { turnings } from "@tessera/analysis/duplicates/orientations";
import { bitsOf, lowFrequencies, perceptualHash, turnedFrequencies } from "@tessera/domain/duplicates/perceptualHash";
import { hashPicture } from "@tessera/imaging/hash";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

const { cases } = JSON.parse(readFileSync(new URL("fixtures/perceptualHashes.json", import.meta.url), "utf8")) as {
  cases: { name: string; png: string; pixels: string; hash: string }[];
};
const bytes = (base64: string) => Buffer.from(base64, "base64");

describe.each(cases)("$name", ({ png, pixels, hash }) => {
  it("has imagehash's bits from the same small picture", () => {
    expect(Buffer.from(perceptualHash(bytes(pixels))).toString("hex")).toBe(hash);
  });

  it("is made small as Pillow does, but for rounding", async () => {
    const ours = await hashPicture(bytes(png));
    const apart = bytes(pixels).map((value, i) => Math.abs(value - ours.pixels[i]!));
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    expect(bitsBetween(ours.hash, Buffer.from(hash, "hex"))).toBeLessThanOrEqual(2);
  });

  it.each(turnings)("$orientation: the turned frequencies are those of the turned picture", ({ turn, order }) => {
    const small = bytes(pixels);
    const direct = perceptualHash(Uint8Array.from(order, (from) => small[from]!));
    expect(bitsOf(turnedFrequencies(lowFrequencies(small), turn))).toEqual(direct);
  });
});

it("gives a mirrored picture the mirrored small picture, also where it is enlarged", async () => {
  const picture = cases.find(({ name }) => name === "28 x 28")!;
  const [plain, mirrored] = await Promise.all(
    [sharp(bytes(picture.png)), sharp(bytes(picture.png)).flop()].map(async (each) =>
      hashPicture(await each.png().toBuffer()),
    ),
  );
  const { order } = turnings.find(({ orientation }) => orientation === "mirrored left to right")!;
  expect([...mirrored!.pixels]).toEqual(Array.from(order, (from) => plain!.pixels[from]!));
});

it("is the same for every flat picture, whatever its grey", () => {
  const hashes = [0, 7, 128, 255].map((grey) => perceptualHash(new Uint8Array(1024).fill(grey)));
  for (const hash of hashes.slice(1)) expect(hash).toEqual(hashes[1]);
});
