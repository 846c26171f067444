/** @file Why TensorFlow offers no GPU, in words that say what was found and what to do. */
import { join } from "node:path";
import * as koffi from "koffi";
import { whyNoGpu } from "./devices.ts";
import { EngineError } from "./errors.ts";
import { type LibrarySet, libraryFiles } from "./library.ts";
import type { GpuSurvey } from "./nvidiaSmi.ts";

/** tensorflow::IsGoogleCudaEnabled(): not in the C API, but exported. */
const cudaEnabled = "_ZN10tensorflow19IsGoogleCudaEnabledEv";

/** Whether a library is a CUDA build; null where it does not tell. The library must be loaded already. */
export function isCudaBuild(directory: string): boolean | null {
  try {
    const library = koffi.load(join(directory, libraryFiles[0]));
    return library.func(cudaEnabled, "bool", [])() as boolean;
  } catch {
    return null;
  }
}

export interface RefusingLibrary {
  readonly set: LibrarySet;
  readonly version: string;
  /** What isCudaBuild said. */
  readonly cudaBuild: boolean | null;
  /** TensorFlow's own, where it gave any. */
  readonly words?: string | undefined;
}

export function noDevice(library: RefusingLibrary, survey: GpuSurvey, visible: string | undefined): EngineError {
  const { set, version, cudaBuild, words } = library;
  const fix = set.own
    ? "Point TESSERA_TENSORFLOW at a CUDA build, or unset it and run `npm run tessera -- install cuda`"
    : "Delete the folder and run `npm run tessera -- install cuda`";
  const why =
    cudaBuild === false
      ? `TensorFlow in ${set.directory} is built without CUDA. ${fix}`
      : (whyNoGpu(survey, visible) ??
        "A GPU is there, but TensorFlow does not take it. `TF_CPP_MIN_LOG_LEVEL=0 npm run tessera -- doctor` shows its reasons");
  return new EngineError(
    "NO_DEVICE",
    `Device "cuda" cannot be used: ${why}.${words === undefined ? "" : ` TensorFlow said: ${words}`}`,
    {
      tensorflow: version,
      driver: survey.driver,
      gpus: survey.gpus.map(({ name }) => name),
      CUDA_VISIBLE_DEVICES: visible ?? null,
    },
  );
}
