/** @file COCO's regions and panoptic segments as index maps. */
import { DomainError } from "@tessera/domain/errors";
import { drawRegions, type Region } from "@tessera/domain/import/coco/regions";
import { type ClassMask, encodeClassMask } from "./classMask.ts";
import { pngSamples } from "./pngSamples.ts";

/** @throws DomainError BAD_FILE for a region that cannot be drawn */
export async function regionMask(
  regions: readonly Region[],
  width: number,
  height: number,
  classes: number,
): Promise<ClassMask> {
  return encodeClassMask(drawRegions(regions, width, height), width, height, classes);
}

/**
 * A PNG of segment ids: R + 256 G + 65536 B; 0 is background.
 * @param classOf segment id and class index
 * @throws DomainError BAD_FILE, also for an id that is not among them
 */
export async function segmentMask(
  bytes: Uint8Array,
  classOf: readonly (readonly [id: number, classIndex: number])[],
  classes: number,
  name?: string,
): Promise<ClassMask> {
  const { width, height, channels, samples } = pngSamples(bytes, name);
  if (channels < 3 || samples instanceof Uint16Array) {
    throw new DomainError(
      "BAD_FILE",
      `Expected a PNG of segment ids in 8-bit RGB, got ${channels} channel(s) of ${samples.BYTES_PER_ELEMENT * 8} bits`,
    );
  }
  const known = new Map(classOf.map(([id, classIndex]) => [id, classIndex + 1]));
  known.set(0, 0);
  const indices = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < indices.length; i++, at += channels) {
    const id = samples[at]! + 256 * samples[at + 1]! + 65536 * samples[at + 2]!;
    const index = known.get(id);
    if (index === undefined) {
      throw new DomainError(
        "BAD_FILE",
        `The PNG has segment ${id}, which the JSON does not list; add it to segments_info`,
        { id },
      );
    }
    indices[i] = index;
  }
  return encodeClassMask(indices, width, height, classes);
}
