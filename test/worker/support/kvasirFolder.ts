/** A small folder in the Kvasir-SEG layout, made of discs, with whatever is wrong that a test wants. */
import { createHash } from "node:crypto";
import type { Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import { putBlob } from "@tessera/store/blobs";
import type { Database } from "@tessera/store/database";
import { discItem } from "../../training/support/items.ts";

export type Folder = Map<string, Buffer>;

export const size = 48;

/** images/disc-00.jpg + masks/disc-00.jpg, … */
export async function discFolder(imaging: Imaging, count: number): Promise<Folder> {
  const folder: Folder = new Map();
  for (let index = 0; index < count; index++) {
    const { image, mask } = discItem(index, size);
    const name = nameOf(index);
    folder.set(`images/${name}.jpg`, Buffer.from(await imaging.encodeImage(image, size, size, "jpeg")));
    const grey = Uint8Array.from({ length: size * size * 3 }, (_, i) => (mask[Math.floor(i / 3)] ? 255 : 0));
    folder.set(`masks/${name}.jpg`, Buffer.from(await imaging.encodeImage(grey, size, size, "jpeg")));
  }
  return folder;
}

export const nameOf = (index: number) => `disc-${String(index).padStart(2, "0")}`;

/** Puts the files where an upload puts them. @returns what startImport would name */
export async function upload(
  folder: Folder,
  objects: Objects,
  database: Database,
  teamId: string,
): Promise<{ path: string; sha256: string }[]> {
  const files = [];
  for (const [path, bytes] of folder) {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await objects.put(teamId, bytes, sha256);
    const mediaType = path.endsWith(".jpg") ? "image/jpeg" : "text/plain";
    await database.asTeam(teamId, (sql) => putBlob(sql, teamId, { sha256, size: bytes.length, mediaType }));
    files.push({ path, sha256 });
  }
  return files;
}
