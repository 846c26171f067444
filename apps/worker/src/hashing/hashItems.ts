/** @file Perceptual hashes of items, computed by decoder children. */
import { DomainError } from "@tessera/domain/errors";
import type { Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import type { NewItemHash, Unhashed } from "@tessera/store/itemHashes";

/**
 * A picture that cannot be read gives an error in place of a hash: it is not tried again.
 * @throws DomainError UNAVAILABLE where the decoder is not there
 */
export function hashItems(
  { imaging, objects, teamId }: { imaging: Imaging; objects: Objects; teamId: string },
  items: readonly Unhashed[],
): Promise<NewItemHash[]> {
  return Promise.all(
    items.map(async ({ itemId, sha256 }) => {
      try {
        return { itemId, ...(await imaging.hashPicture(await objects.read(teamId, sha256))) };
      } catch (error) {
        if (!(error instanceof DomainError) || error.code === "UNAVAILABLE") throw error;
        return { itemId, error: error.message };
      }
    }),
  );
}
