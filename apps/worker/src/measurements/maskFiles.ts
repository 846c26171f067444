/** @file Stored masks at the size of an evaluation. */
import { ofClass } from "@tessera/domain/classMask";
import { DomainError } from "@tessera/domain/errors";
import type { Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";

/** @throws DomainError BAD_FILE saying which file; UNAVAILABLE where the decoder or the disk is not there */
export interface MaskFiles {
  /**
   * One mask per class of the schema, [size*size], 0 or 1.
   * @param what for people: "the label's mask"
   */
  read(sha256: string, what: string): Promise<Uint8Array[]>;
  /**
   * As `read`, of a file that nobody has looked at before: one whose foreground is not white (of
   * several classes: whose values are not 0 and class index + 1) is refused.
   */
  readSent(sha256: string, what: string): Promise<Uint8Array[]>;
}

export interface MaskShape {
  /** Side of the square, pixels. */
  readonly size: number;
  /** Of the schema. */
  readonly classes: number;
}

export function openMaskFiles(
  { objects, imaging, teamId }: { objects: Objects; imaging: Imaging; teamId: string },
  { size, classes }: MaskShape,
): MaskFiles {
  async function naming(what: string, read: () => Promise<Uint8Array>): Promise<Uint8Array[]> {
    try {
      const indices = await read();
      return classes === 1 ? [indices] : Array.from({ length: classes }, (_, each) => ofClass(indices, each));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === "UNAVAILABLE") throw error;
      throw new DomainError("BAD_FILE", `${what}: ${error.message}`, error.details, error);
    }
  }
  const values = Array.from({ length: classes + 1 }, (_, index): [number, number] => [index, index]);
  const prepare = (bytes: Uint8Array) => imaging.prepareClassMask(bytes, size, classes);
  return {
    read: (sha256, what) => naming(what, async () => prepare(await objects.read(teamId, sha256))),
    readSent: (sha256, what) =>
      naming(what, async () => {
        const bytes = await objects.read(teamId, sha256);
        const { png } = await (classes === 1 ? imaging.mask(bytes) : imaging.indexMask(bytes, values, classes));
        return prepare(png);
      }),
  };
}
