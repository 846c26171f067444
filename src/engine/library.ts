/**
 * @file Where TensorFlow's libraries are: one set for the CPU, one for CUDA.
 *
 * Only finds them; tools/bootstrap/tensorflow.mjs brings them. TESSERA_TENSORFLOW points at one's own.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { EngineError } from "./errors.ts";

export type Device = "cpu" | "cuda";
export const devices = ["cpu", "cuda"] as const satisfies readonly Device[];

export const tensorflowVersion = "2.21.0";

/** What TESSERA_DEVICE asks for; the CPU where it asks for nothing. @throws EngineError NO_DEVICE for another word */
export function deviceFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Device {
  const asked = environment.TESSERA_DEVICE || "cpu";
  if (asked === "cpu" || asked === "cuda") return asked;
  throw new EngineError(
    "NO_DEVICE",
    `TESSERA_DEVICE: expected cpu or cuda, got "${asked}". Unset it to use the CPU; \`npm run tessera -- doctor\` shows what is here`,
    { asked },
  );
}

/** In load order: the second needs the first. */
export const libraryFiles =
  process.platform === "darwin"
    ? (["libtensorflow_framework.2.dylib", "libtensorflow_cc.2.dylib"] as const)
    : (["libtensorflow_framework.so.2", "libtensorflow_cc.so.2"] as const);

export interface LibrarySet {
  /** Holds libraryFiles. */
  readonly directory: string;
  /** Whether TESSERA_TENSORFLOW named it. */
  readonly own: boolean;
  readonly missing: readonly string[];
  /** Brings the set, or mends the name. */
  readonly fix: string;
}

/** The set that a process would use for `device`, there or not. */
export function librarySet(device: Device, environment: NodeJS.ProcessEnv = process.env): LibrarySet {
  const own = environment.TESSERA_TENSORFLOW;
  const directory = own ? own : join(installedSet(device, environment), ...(device === "cuda" ? ["tensorflow"] : []));
  const missing = libraryFiles.filter((file) => !existsSync(join(directory, file)));
  const fix = own
    ? "Correct TESSERA_TENSORFLOW, or unset it to use the installed one."
    : `Run \`npm run tessera -- install ${device}\`, or point TESSERA_TENSORFLOW at a folder that has both files.`;
  return { directory, own: Boolean(own), missing, fix };
}

/** Downloads shared by all clones on this machine; tools/bootstrap/paths.mjs, which runs before any package is there, says the same. */
export const cacheFolder = (environment: NodeJS.ProcessEnv): string =>
  environment.TESSERA_CACHE ?? join(homedir(), ".cache", "tessera");

/**
 * The folder of an installed set. The CUDA set is laid out as Python would (tensorflow/ beside nvidia/): TensorFlow looks
 * for NVIDIA's libraries relative to its own place.
 */
function installedSet(device: Device, environment: NodeJS.ProcessEnv): string {
  return join(
    cacheFolder(environment),
    `tensorflow-${device}-${tensorflowVersion}-${process.platform}-${process.arch}`,
  );
}

/**
 * The directory that holds both library files.
 *
 * @throws EngineError LIBRARY_NOT_FOUND with the path that was tried and what to do.
 */
export function findLibrary(device: Device = "cpu", environment: NodeJS.ProcessEnv = process.env): string {
  const { directory, missing, fix } = librarySet(device, environment);
  if (missing.length === 0) return directory;
  throw new EngineError(
    "LIBRARY_NOT_FOUND",
    `TensorFlow ${tensorflowVersion} for ${device}: no ${missing.join(", ")} in ${directory}. ${fix}`,
    { directory, missing },
  );
}
