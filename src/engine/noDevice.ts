/** @file Why TensorFlow offers no GPU, in words that say what was found and what to do. */
import { join } from "node:path";
import * as koffi from "koffi";
import { type GpuSurvey, whyNoGpu } from "./devices.ts";
import { EngineError } from "./errors.ts";
import { type LibrarySet, libraryFiles } from "./library.ts";

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

/**
 * @param cudaBuild what isCudaBuild said
 * @param words TensorFlow's own, where it gave any
 */
export function noDevice(
  set: LibrarySet,
  cudaBuild: boolean | null,
  survey: GpuSurvey,
  visible: string | undefined,
  words?: string,
): EngineError {
  const seen = words === undefined ? "" : ` TensorFlow said: ${words}`;
  const why =
    cudaBuild === false
      ? `TensorFlow in ${set.directory} is built without CUDA. ${set.own ? "Point TESSERA_TENSORFLOW at a CUDA build, or unset it and run `npm run tessera -- install cuda`" : "Run `npm run tessera -- install cuda` again"}`
      : (whyNoGpu(survey, visible) ??
        "A GPU is there, but TensorFlow does not take it. `TF_CPP_MIN_LOG_LEVEL=0 npm run tessera -- doctor` shows its reasons");
  const { driver, gpus } = survey;
  return new EngineError("NO_DEVICE", `Device "cuda" cannot be used: ${why}.${seen}`, {
    driver,
    gpus: gpus.map(({ name }) => name),
    CUDA_VISIBLE_DEVICES: visible ?? null,
  });
}
