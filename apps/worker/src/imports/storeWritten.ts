/** @file What a child writes to a file, into the object store. */
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportContext } from "./importContext.ts";
import type { StoredBlob } from "./importSource.ts";

/**
 * Beside the object store's own drafts there is no place for a child to write to: a temporary file is stored as it is read.
 * @param write fills the file whose path it is given
 */
export async function storeWritten<T>(
  { objects, teamId }: Pick<ImportContext, "objects" | "teamId">,
  write: (target: string) => Promise<T>,
): Promise<{ readonly blob: StoredBlob; readonly said: T }> {
  const folder = await mkdtemp(join(tmpdir(), "tessera-import-"));
  try {
    const target = join(folder, "written");
    const said = await write(target);
    return { said, blob: await objects.put(teamId, createReadStream(target)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
