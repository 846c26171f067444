import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** Downloads shared by all clones on this machine. */
export const cache = process.env.TESSERA_CACHE ?? join(homedir(), ".cache", "tessera");

/** sha256 over the names and bytes of files and folders (node_modules and build output left out). */
export function fingerprint(paths) {
  const hash = createHash("sha256");
  const walk = (path) => {
    let entries;
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch {
      hash.update(path.slice(root.length)).update(readFileSync(path)); // a file
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (["node_modules", ".next", "next-env.d.ts"].includes(entry.name)) continue;
      walk(join(path, entry.name));
    }
  };
  for (const path of paths) walk(join(root, path));
  return hash.digest("hex");
}
