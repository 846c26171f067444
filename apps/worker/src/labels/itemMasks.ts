/** @file Stored masks of one item at its own size. */
import { DomainError } from "@tessera/domain/errors";
import type { MaskIndices } from "@tessera/imaging/client";
import type { RunningLabelJob } from "./labelJob.ts";

export interface ItemMasks {
  readonly width: number;
  readonly height: number;
  /** In the order asked: [height*width] class index + 1, or 0. */
  readonly masks: readonly Uint8Array[];
}

/** @throws DomainError BAD_FILE, or where they are of different sizes; UNAVAILABLE where the decoder or the disk is not there */
export async function readMasks(job: RunningLabelJob, shas: readonly string[]): Promise<ItemMasks> {
  const { objects, imaging, teamId, claimed } = job;
  const read: MaskIndices[] = [];
  for (const sha256 of shas) {
    read.push(await imaging.maskIndices(await objects.read(teamId, sha256), claimed.classes.length));
  }
  const [{ width, height }] = read as [MaskIndices];
  const other = read.find((mask) => mask.width !== width || mask.height !== height);
  if (other) {
    const sizes = `${width} x ${height} and ${other.width} x ${other.height}`;
    throw new DomainError("BAD_FILE", `its masks are ${sizes} pixels; masks of one item must be of one size`);
  }
  return { width, height, masks: read.map(({ indices }) => indices) };
}
