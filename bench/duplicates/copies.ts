/** @file Copies of pictures as they turn up in data sets: resized, recompressed, brightened, cropped, turned. */
import type { RandomStream } from "@tessera/domain/random";
import sharp, { type Sharp } from "sharp";

export interface Source {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

type Copy = (picture: Sharp, of: Source, random: RandomStream) => Sharp | Promise<Sharp>;

const jpeg =
  (quality: number): Copy =>
  async (picture) =>
    sharp(await picture.jpeg({ quality }).toBuffer());
const crop =
  (share: number, place: (random: RandomStream) => [x: number, y: number]): Copy =>
  (picture, { width, height }, random) => {
    const [cutX, cutY] = [Math.round(width * share), Math.round(height * share)];
    const [x, y] = place(random);
    const [left, top] = [Math.round(cutX * x), Math.round(cutY * y)];
    return picture.extract({ left, top, width: width - cutX, height: height - cutY });
  };
const centre = (): [number, number] => [0.5, 0.5];
const anywhere = (random: RandomStream): [number, number] => [random.uniform(), random.uniform()];

export const copies: Readonly<Record<string, Copy>> = {
  "half size": (picture, { width, height }) => picture.resize(Math.round(width / 2), Math.round(height / 2)),
  "squeezed to 80 %": (picture, { width, height }) => picture.resize(width, Math.round(height * 0.8), { fit: "fill" }),
  "JPEG 50": jpeg(50),
  "JPEG 20": jpeg(20),
  "brighter 1.3": (picture) => picture.modulate({ brightness: 1.3 }),
  "darker 0.7": (picture) => picture.modulate({ brightness: 0.7 }),
  "contrast 1.4": (picture) => picture.linear(1.4, -0.4 * 128),
  "gamma 1.5": (picture) => picture.gamma(1.5, 1),
  "noise SD 10": async (picture, { width, height }, random) => {
    const raw = await picture.removeAlpha().toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
    const data = raw.data.map((value) => Math.max(0, Math.min(255, Math.round(value + 10 * random.normal()))));
    return sharp(data, { raw: { width, height, channels: raw.info.channels as 3 } });
  },
  "centre crop 5 %": crop(0.05, centre),
  "centre crop 10 %": crop(0.1, centre),
  "crop 5 % anywhere": crop(0.05, anywhere),
  "crop 10 % anywhere": crop(0.1, anywhere),
  mirrored: (picture) => picture.flop(),
  "upside down": (picture) => picture.flip(),
  "turned 90°": (picture) => picture.rotate(90),
};
