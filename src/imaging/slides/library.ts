/**
 * @file Where OpenSlide's library is. Only finds it; tools/bootstrap/openslide.mjs brings it. TESSERA_OPENSLIDE points at one's own.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";

export const openSlideVersion = "4.0.1.2";
export const libraryFile = process.platform === "darwin" ? "libopenslide.1.dylib" : "libopenslide.so.1";

/** The path of the library. @throws DomainError UNAVAILABLE with the folder that was tried and what to do */
export function findOpenSlide(environment: NodeJS.ProcessEnv = process.env): string {
  const cache = environment.TESSERA_CACHE ?? join(homedir(), ".cache", "tessera");
  const own = environment.TESSERA_OPENSLIDE;
  const directory = own || join(cache, `openslide-${openSlideVersion}-${process.platform}-${process.arch}`);
  const path = join(directory, libraryFile);
  if (existsSync(path)) return path;
  const fix = own
    ? "Correct TESSERA_OPENSLIDE, or unset it to use the installed one"
    : "Run `npm run tessera -- start` or any command that sets up, or point TESSERA_OPENSLIDE at a folder that has the file";
  throw new DomainError("UNAVAILABLE", `OpenSlide: no ${libraryFile} in ${directory}. ${fix}.`, { directory });
}
