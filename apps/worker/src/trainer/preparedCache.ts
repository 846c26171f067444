/** @file What the folder of prepared items may hold. The workers of a machine share it, and several may tidy it at once. */
import { readdir, stat, statfs, unlink } from "node:fs/promises";
import { join } from "node:path";

const mostBytes = 20e9;
const shareOfDisk = 0.1;
/** Nobody writes one file for so long: its trainer was killed. */
const abandonedMs = 3_600_000;

interface CacheFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** Bytes: 20 GB, or a tenth of the disk's free space where that is less. What the folder holds counts as free. */
export async function cacheLimit(directory: string): Promise<number> {
  const [{ bavail, bsize }, files] = await Promise.all([statfs(directory), filesOf(directory)]);
  const held = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return Math.min(mostBytes, shareOfDisk * (bavail * bsize + held));
}

/**
 * Removes the files used longest ago until `newBytes` more fit, and what a killed trainer left half written. One that a
 * trainer reads at this moment was just used, so it goes last; were it to go, its reader would still have it open.
 */
export async function makeRoom(directory: string, newBytes: number, limit: number): Promise<void> {
  const files = await filesOf(directory);
  const abandoned = files.filter(({ path, usedMs }) => path.endsWith(".tmp") && usedMs < Date.now() - abandonedMs);
  const whole = files.filter(({ path }) => path.endsWith(".bin")).sort((a, b) => b.usedMs - a.usedMs);
  let held = newBytes;
  const old = whole.filter(({ bytes }) => {
    held += bytes;
    return held > limit;
  });
  for (const { path } of [...old, ...abandoned]) await unlink(path).catch(() => undefined); // another worker did
}

async function filesOf(directory: string): Promise<CacheFile[]> {
  const found = await Promise.all(
    (await readdir(directory)).map(async (name) => {
      const path = join(directory, name);
      const file = await stat(path).catch(() => null); // taken away at this moment
      return file === null ? [] : [{ path, bytes: file.size, usedMs: file.mtimeMs }];
    }),
  );
  return found.flat();
}
