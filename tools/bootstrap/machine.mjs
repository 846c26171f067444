import { mkdir, statfs } from "node:fs/promises";
import { Problem } from "./console.mjs";
import { cache, root } from "./paths.mjs";

export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) {
    throw new Problem(
      `Node ${process.versions.node} is too old: 20 or newer is needed`,
      "install Node 20 or newer, with npm",
    );
  }
}

/** Packages take 1.5 GB, TensorFlow 0.9 GB (1.2 GB while it is unpacked), the demo's data some 100 MB. */
export async function checkDisk() {
  await mkdir(cache, { recursive: true });
  for (const path of [root, cache]) {
    const { bavail, bsize } = await statfs(path);
    const gigabytes = (bavail * bsize) / 1e9;
    if (gigabytes < 0.5) {
      throw new Problem(
        `only ${gigabytes.toFixed(1)} GB are free under ${path}`,
        "free some space (a first set-up needs about 4 GB), or point TESSERA_CACHE at a larger disk",
      );
    }
  }
}
