import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { Problem } from "./console.mjs";
import { withLock } from "./lock.mjs";
import { cache } from "./paths.mjs";
import { installWheel } from "./wheel.mjs";

const version = "4.0.1.2";
const machine = `${platform()}-${arch()}`;
/** src/imaging/slides/library.ts looks for the same. */
const libraryFile = platform() === "darwin" ? "libopenslide.1.dylib" : "libopenslide.so.1";
const folder = join(cache, `openslide-${version}-${machine}`);

/**
 * OpenSlide's own binary build, as PyPI has it, pinned by hash. LGPL 2.1, loaded as a shared library; its licence and those of what it
 * holds are kept beside it. linux-x64 was tried; the others are what PyPI has, untried.
 */
const wheel = (platformTag, sha256) => ({
  name: "openslide-bin",
  version,
  platforms: [platformTag],
  megabytes: 3,
  sha256,
  takes: ["openslide_bin/libopenslide", `openslide_bin-${version}.dist-info/licenses/`],
  variable: "TESSERA_OPENSLIDE",
});
const mac = wheel("macosx_11_0_universal2", "230cdb1e2cfa88b9f28ca8f51a7b47065b20a855ad3e7ba141cd663e5a713e8c");
const wheels = {
  "linux-x64": wheel("manylinux_2_28_x86_64", "8ac4aa3a2277ed5e218ca0019db65bdd6e853f865eb4edd3da00e2f4acf0c923"),
  "linux-arm64": wheel("manylinux_2_28_aarch64", "0dff14807e1b7ccfd476ca5b6945edf46908b76ec61777d35acb2a514e205c30"),
  "darwin-arm64": mac,
  "darwin-x64": mac,
};

/** For the commands that read slides. */
export async function ensureOpenSlide() {
  const own = process.env.TESSERA_OPENSLIDE;
  if (own) {
    if (existsSync(join(own, libraryFile))) return;
    throw new Problem(
      `TESSERA_OPENSLIDE=${own} does not hold ${libraryFile}`,
      "point it at the folder of this file, or unset it",
    );
  }
  if (existsSync(join(folder, libraryFile))) return;
  if (!wheels[machine]) {
    throw new Problem(
      `PyPI has no OpenSlide ${version} for ${machine}`,
      `point TESSERA_OPENSLIDE at the folder of a ${libraryFile}`,
    );
  }
  await mkdir(cache, { recursive: true });
  await withLock(`${folder}.lock`, `installation of ${folder}`, async () => {
    if (existsSync(join(folder, libraryFile))) return; // another process was faster
    const work = `${folder}.partial`;
    await rm(work, { recursive: true, force: true });
    await mkdir(join(work, "set"), { recursive: true });
    await installWheel(wheels[machine], work, join(work, "set"), "");
    const made = join(work, "set", "openslide_bin");
    await rename(join(work, "set", `openslide_bin-${version}.dist-info`, "licenses"), join(made, "licenses"));
    await rm(folder, { recursive: true, force: true });
    await rename(made, folder);
    await rm(work, { recursive: true, force: true });
  });
}
