/**
 * @file Where TensorFlow's library is.
 *
 * Only finds it; tools/bootstrap.mjs brings it. TESSERA_TENSORFLOW points at one's own folder.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { EngineError } from "./errors.ts";

export type Device = "cpu" | "cuda";

export const tensorflowVersion = "2.21.0";

/** What TESSERA_DEVICE asks for; the CPU where it asks for nothing. @throws EngineError NO_DEVICE for another word */
export function deviceFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Device {
  const asked = environment.TESSERA_DEVICE || "cpu";
  if (asked === "cpu" || asked === "cuda") return asked;
  throw new EngineError("NO_DEVICE", `TESSERA_DEVICE: expected cpu or cuda, got "${asked}"`, { asked });
}

/** In load order: the second needs the first. */
export const libraryFiles = ["libtensorflow_framework.so.2", "libtensorflow_cc.so.2"] as const;

/**
 * The directory that holds both library files.
 *
 * @throws EngineError LIBRARY_NOT_FOUND with the path that was tried and what to do.
 */
export function findLibrary(device: Device = "cpu", environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment.TESSERA_TENSORFLOW;
  const cache = environment.TESSERA_CACHE ?? join(homedir(), ".cache", "tessera");
  const directory = own ?? join(cache, `tensorflow-${device}-${tensorflowVersion}-${process.platform}-${process.arch}`);
  const missing = libraryFiles.filter((file) => !existsSync(join(directory, file)));
  if (missing.length > 0) {
    const fix = own
      ? "Correct TESSERA_TENSORFLOW, or unset it to use the downloaded one."
      : "Run `npm run demo` or `npm test`, which bring it, or point TESSERA_TENSORFLOW at a folder that has both files.";
    throw new EngineError(
      "LIBRARY_NOT_FOUND",
      `TensorFlow ${tensorflowVersion}: no ${missing.join(", ")} in ${directory}. ${fix}`,
      {
        directory,
        missing,
      },
    );
  }
  return directory;
}
