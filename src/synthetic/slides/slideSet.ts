/** @file Synthetic slides on disk: pyramids, a table of their labels, and the truth of every cell. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import { randomStream } from "@tessera/domain/random";
import type { Fold } from "@tessera/domain/words";
import type { Imaging } from "@tessera/imaging/client";
import { type PyramidOptions, writePyramid } from "./pyramidFile.ts";
import { type SlideWorld, slideWorld } from "./tissueWorld.ts";

export interface SlideSetOptions {
  /** Created where it is missing. */
  readonly directory: string;
  /** Half of them with tumour. */
  readonly slides: number;
  /** Pixels of a slide's sides. */
  readonly width: number;
  readonly height: number;
  /** Pixels of a cell of truth, best a tile's side. */
  readonly cell: number;
  /** Of the slides with tumour. */
  readonly witnessRate: number;
  readonly seed: number;
  readonly micronsPerPixel?: number;
  readonly compression?: PyramidOptions["compression"];
  readonly imaging: Imaging;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SlideTruth extends Omit<SlideWorld, "tileAt"> {
  readonly name: string;
  readonly label: "normal" | "tumour";
  readonly fold: Fold;
}

/**
 * Writes NAME.tif, labels.csv (slide, subject, fold, class) and truth/NAME.png, the cells of tumour in white. A subject has two slides of one
 * label, in one fold. The same options give the same files.
 * @throws DomainError BAD_INPUT
 */
export async function writeSlideSet(options: SlideSetOptions): Promise<readonly SlideTruth[]> {
  const { directory, slides, imaging, micronsPerPixel = 0.5, compression = "jpeg" } = options;
  if (!Number.isInteger(slides) || slides < 2 || slides % 2 !== 0 || slides > 10_000) {
    throw new DomainError("BAD_INPUT", `slides: expected an even number from 2 to 10000, got ${slides}`);
  }
  await mkdir(join(directory, "truth"), { recursive: true });
  const truths: SlideTruth[] = [];
  for (let index = 0; index < slides; index++) {
    const name = `slide-${String(index + 1).padStart(3, "0")}`;
    const label = index % 4 < 2 ? "normal" : "tumour";
    const fold = (["train", "train", "validation", "train", "test"] as const)[Math.floor(index / 4) % 5]!;
    const seed = randomStream(options.seed, "slide", index).integer(2 ** 30);
    const witnessRate = label === "tumour" ? options.witnessRate : 0;
    const { tileAt, ...truth } = slideWorld({ ...options, witnessRate, seed });
    const { width, height } = options;
    await writePyramid({
      path: join(directory, `${name}.tif`),
      width,
      height,
      micronsPerPixel,
      compression,
      tileAt,
      imaging,
    });
    const mask = await imaging.encodeMask(truth.tumour, truth.columns, truth.rows);
    await writeFile(join(directory, "truth", `${name}.png`), mask);
    truths.push({ ...truth, name, label, fold });
    options.onProgress?.(index + 1, slides);
  }
  const lines = truths.map(
    ({ name, label, fold }, index) => `${name},subject-${Math.floor(index / 2) + 1},${fold},${label}`,
  );
  await writeFile(join(directory, "labels.csv"), `slide,subject,fold,class\n${lines.join("\n")}\n`);
  return truths;
}
