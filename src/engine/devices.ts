/**
 * @file Which GPUs CUDA_VISIBLE_DEVICES leaves to a process, and what stands in their way.
 *
 * TensorFlow alone decides what it can use; this says, before or after, what there is and why nothing came of it.
 */
import { EngineError } from "./errors.ts";
import type { Gpu, GpuSurvey } from "./nvidiaSmi.ts";

/** What CUDA 12 needs at least (NVIDIA, CUDA Compatibility, minor version compatibility); Blackwell needs CUDA 12.8's own. */
export const oldestDriver = "525.60.13";
const oldestDriverForBlackwell = "570.26";

/** TensorFlow 2.21's CUDA build: kernels from sm_60 to sm_90, and PTX for what came later. */
export const oldestComputeCapability = "6.0";
export const newestCompiledComputeCapability = "9.0";

/** A GPU as a process is told of it. */
export interface VisibleGpu {
  /** What CUDA_VISIBLE_DEVICES calls it. */
  readonly token: string;
  /** Null for what nvidia-smi does not list: a MIG instance. */
  readonly gpu: Gpu | null;
}

/**
 * The GPUs that a process with this CUDA_VISIBLE_DEVICES sees, in its order. As the driver reads it: numbers or beginnings of
 * UUIDs with commas between; an entry that names nothing ends the list; empty hides all.
 * Source: CUDA C++ Programming Guide, "CUDA Environment Variables". Numbers count by bus address (the engine sets
 * CUDA_DEVICE_ORDER=PCI_BUS_ID), so that they are nvidia-smi's.
 */
export function visibleGpus(gpus: readonly Gpu[], visible: string | undefined): VisibleGpu[] {
  if (visible === undefined) return gpus.map((gpu) => ({ token: String(gpu.index), gpu }));
  const found: VisibleGpu[] = [];
  for (const token of visible.split(",").map((entry) => entry.trim())) {
    const gpu = /^\d+$/.test(token)
      ? gpus.find((each) => each.index === Number(token))
      : token.startsWith("GPU-")
        ? gpus.find((each) => each.uuid.startsWith(token))
        : undefined;
    const instance = token.startsWith("MIG-");
    if (!gpu && !instance) break;
    found.push({ token, gpu: gpu ?? null });
  }
  return found;
}

export const isOlder = (version: string, than: string): boolean => {
  const [a, b] = [version, than].map((text) => text.split(".").map(Number));
  for (let i = 0; i < Math.max(a!.length, b!.length); i++) {
    const difference = (a![i] ?? 0) - (b![i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

/** What a GPU or the driver lacks, with what to do; null where nothing is known to be wrong. */
export function whyUnusable({ driver }: GpuSurvey, { gpu }: VisibleGpu): string | null {
  const capability = gpu?.computeCapability ?? null;
  if (gpu && capability !== null && isOlder(capability, oldestComputeCapability)) {
    return `${gpu.name} has compute capability ${capability}; TensorFlow needs ${oldestComputeCapability} or newer. Use another GPU or device "cpu"`;
  }
  const blackwell = capability !== null && !isOlder(capability, "10.0");
  const needed = blackwell ? oldestDriverForBlackwell : oldestDriver;
  if (driver !== null && isOlder(driver, needed)) {
    return `The NVIDIA driver is ${driver}; CUDA 12 needs ${needed} or newer${blackwell ? ` for ${gpu!.name}` : ""}. Update the driver, or use device "cpu"`;
  }
  return null;
}

/** Why there is no CUDA device here, with what was found and what to do; null where a GPU is there and looks usable. */
export function whyNoGpu(survey: GpuSurvey, visible: string | undefined): string | null {
  const { driver, gpus, problem } = survey;
  if (driver === null && gpus.length === 0) {
    const found = problem ?? "neither nvidia-smi nor a kernel module was found";
    return `There is no NVIDIA driver on this machine (${found}). Install the driver (${oldestDriver} or newer; in a container, give it the GPUs), or use device "cpu"`;
  }
  if (driver !== null && isOlder(driver, oldestDriver)) {
    return whyUnusable(survey, { token: "", gpu: null });
  }
  if (gpus.length === 0) {
    return `The NVIDIA driver ${driver} is there, but no GPU answers (${problem ?? "none listed"}). Check nvidia-smi, or use device "cpu"`;
  }
  const seen = visibleGpus(gpus, visible);
  if (seen.length === 0) {
    return `CUDA_VISIBLE_DEVICES="${visible}" hides all ${gpus.length} GPU(s) of this machine (${describeGpus(gpus)}). Unset it or name one of them`;
  }
  const unusable = seen.map((each) => whyUnusable(survey, each));
  return unusable.every((why) => why !== null) ? unusable[0]! : null;
}

/** What TESSERA_GPU_MEMORY allows a process to take of its GPU, MiB; undefined: all. @throws EngineError NO_DEVICE */
export function gpuMemoryFromEnvironment(environment: NodeJS.ProcessEnv = process.env): number | undefined {
  const text = environment.TESSERA_GPU_MEMORY;
  if (!text) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 256) return value;
  const message = `TESSERA_GPU_MEMORY: expected a whole number of MiB from 256 on, got "${text}". Unset it to allow all`;
  throw new EngineError("NO_DEVICE", message, { asked: text });
}

const describeGpus = (gpus: readonly Gpu[]): string => gpus.map(({ index, name }) => `${index}: ${name}`).join(", ");
