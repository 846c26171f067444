/** @file A small file that others read: written beside and renamed, so that nobody meets half of it, not even after a kill. */
import { renameSync, writeFileSync } from "node:fs";

/** @param mode of the file; default what the umask leaves of 0666 */
export function writeWholeFile(path: string, text: string, mode?: number): void {
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, text, mode === undefined ? {} : { mode });
  renameSync(unfinished, path);
}
