/**
 * @file A made endoscopy picture with planted truth: polyps of known outline on a bowel wall, and readers who disagree in
 * known ways. A function of (seed, index, domain, size) alone.
 *
 * Made to be learnable but not trivial: polyps rise from the wall, have an edge and a finer relief; their colour differs a
 * little, but decoys of the same colours lie on flat wall, and folds have edges too.
 */
import { DomainError } from "@tessera/domain/errors";
import { randomStream } from "@tessera/domain/random";
import { lookOf, paintMucosa } from "./mucosa.ts";
import { octaves } from "./noise.ts";
import { drawPolyps, layPolyp, plantedShare } from "./polyp.ts";
import { plantedReaders, readBy } from "./readers.ts";
import { shade, visible } from "./shading.ts";
import { subjectOf } from "./subjects.ts";
import { type EndoscopyDomain, worlds } from "./world.ts";

export interface PolypBox {
  readonly label: "polyp";
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

export interface EndoscopyItem {
  readonly name: string;
  readonly subject: string;
  readonly width: number;
  readonly height: number;
  /** [height*width*3], 0 to 255. */
  readonly rgb: Uint8Array;
  /** [height*width], 0 or 1: exact. */
  readonly mask: Uint8Array;
  /** One box per polyp, in pixels, ends included; in the words of Kvasir-SEG's own file. */
  readonly boxes: readonly PolypBox[];
  /** Foreground's share of the image. */
  readonly regionShare: number;
  /** One mask for each of `plantedReaders`, in that order. Drawn when asked for. */
  readonly readers: readonly { readonly name: string; readonly mask: Uint8Array }[];
}

export interface EndoscopyOptions {
  readonly seed: number;
  readonly index: number;
  /** Side of the square image, 32 to 2048 px. */
  readonly size?: number;
  readonly domain?: EndoscopyDomain;
}

/** @throws DomainError BAD_INPUT for a size or index outside its limits */
export function endoscopyItem({ seed, index, size = 256, domain = "a" }: EndoscopyOptions): EndoscopyItem {
  if (!Number.isInteger(size) || size < 32 || size > 2048 || !Number.isInteger(index) || index < 0) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected a size of 32 to 2048 px and an index from 0, got ${size} and ${index}`,
    );
  }
  const world = worlds[domain];
  const key = [seed, domain, index] as const;
  const subject = subjectOf(seed, domain, index);
  const look = lookOf(world, subject, seed);
  const shown = visible(size, world, [seed, subject]); // one scope, one frame, per subject
  const mucosa = paintMucosa(size, world, look, key);

  const polyps = drawPolyps(plantedShare(seed, index), randomStream(...key, "polyps"));
  const relief = octaves(size, 24, 2, 0.6, randomStream(...key, "relief"));
  const truths = polyps.map((polyp) => layPolyp(polyp, size, mucosa, relief));
  const mask = new Uint8Array(size * size);
  let region = 0;
  for (const truth of truths) {
    for (let i = 0; i < mask.length; i++) {
      truth[i]! &= shown[i]!;
      region += truth[i]! & ~mask[i]!;
      mask[i]! |= truth[i]!;
    }
  }
  return {
    name: `${domain}${seed}-${String(index).padStart(5, "0")}`,
    subject,
    width: size,
    height: size,
    rgb: shade(size, mucosa, shown, world, look, key),
    mask,
    boxes: truths.flatMap((truth) => boxOf(truth, size) ?? []),
    regionShare: region / mask.length,
    get readers() {
      return plantedReaders.map((reader) => ({ name: reader.name, mask: readBy(reader, truths, size, key) }));
    },
  };
}

function boxOf(mask: Uint8Array, size: number): PolypBox | undefined {
  let [xmin, ymin, xmax, ymax] = [size, size, -1, -1];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const x = i % size;
    const y = Math.floor(i / size);
    if (x < xmin) xmin = x;
    if (x > xmax) xmax = x;
    if (y < ymin) ymin = y;
    if (y > ymax) ymax = y;
  }
  return xmax < 0 ? undefined : { label: "polyp", xmin, ymin, xmax, ymax };
}
