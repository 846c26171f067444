/**
 * @file A drawn mask becomes an annotation, or is refused with the reason.
 *
 * It is encoded again as an import encodes masks: the same pixels are the same file, whoever drew them, so that versions with the same labels have
 * the same content hash.
 */
import { DomainError } from "@tessera/domain/errors";
import type { ClassMask, Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import { putBlob } from "@tessera/store/blobs";
import type { Database } from "@tessera/store/database";
import { acceptMask, type ClaimedMaskCheck, refuseMask } from "@tessera/store/maskChecks";
import { messageOf } from "../backoff.ts";
import { isUnavailable } from "../leased.ts";

export interface MaskCheckTools {
  readonly database: Database;
  readonly objects: Objects;
  readonly imaging: Imaging;
  readonly teamId: string;
}

/** @returns what was wrong; null: it is an annotation now. @throws DomainError UNAVAILABLE where it can be tried again */
export async function checkMask(tools: MaskCheckTools, check: ClaimedMaskCheck): Promise<string | null> {
  const { database, objects, teamId } = tools;
  let mask: ClassMask;
  try {
    mask = await decode(tools, check);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    await database.asTeam(teamId, (sql) => refuseMask(sql, teamId, check, messageOf(error)));
    return messageOf(error);
  }
  const { png, regionPixels, components } = mask;
  const blob = await objects.put(teamId, png);
  await database.asTeam(teamId, async (sql) => {
    await putBlob(sql, teamId, { ...blob, mediaType: "image/png" });
    await acceptMask(sql, teamId, check, { maskSha256: blob.sha256, regionPixels, components });
  });
  return null;
}

async function decode({ objects, imaging, teamId }: MaskCheckTools, check: ClaimedMaskCheck): Promise<ClassMask> {
  const { classes, width, height, itemName } = check;
  const foreground = Array.from(
    { length: classes },
    (_, index) => [classes === 1 ? 255 : index + 1, index + 1] as const,
  );
  const mask = await imaging.indexMask(await objects.read(teamId, check.sha256), [[0, 0], ...foreground], classes);
  if (mask.width === width && mask.height === height) return mask;
  throw new DomainError(
    "BAD_FILE",
    `The mask is ${mask.width} x ${mask.height} pixels, and ${itemName} is ${width} x ${height}; a mask has its image's own size`,
  );
}
