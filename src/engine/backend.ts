/**
 * @file The door: starts TensorFlow once per process and makes it TensorFlow.js's back end.
 *
 * tfjs-node's TypeScript kernels run unmodified over our binding; its package index, which would download a library, is
 * never imported.
 */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import * as tf from "@tensorflow/tfjs";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js";
import { Binding } from "./binding.ts";
import { loadCApi } from "./capi.ts";
import { configProto } from "./configProto.ts";
import { preloadCudaLibraries } from "./cudaLibraries.ts";
import { gpuMemoryFromEnvironment, visibleGpus } from "./devices.ts";
import { EngineError } from "./errors.ts";
import { installBatchNormalizationKernel } from "./kernels/batchNormalization.ts";
import { installExplicitPaddingKernels } from "./kernels/explicitPadding.ts";
import { installGatherKernel } from "./kernels/gather.ts";
import { installIntegerKernels } from "./kernels/integers.ts";
import { installStepKernel } from "./kernels/step.ts";
import { type Device, deviceFromEnvironment, findLibrary, librarySet } from "./library.ts";
import { isCudaBuild, noDevice } from "./noDevice.ts";
import { surveyGpus } from "./nvidiaSmi.ts";
import { keepLossesInFloat32 } from "./precision.ts";
import type { NodeBackend } from "./tfjsInternals.ts";

export interface EngineOptions {
  /** Threads inside one operation. The same count gives the same numbers, bit for bit. Default: all cores. */
  readonly threads?: number;
  /** Operations that run at once. Default: TensorFlow decides. */
  readonly interThreads?: number;
  readonly device?: Device;
  /** Refuse operations whose result depends on timing (only CUDA has such). Default: true. */
  readonly deterministic?: boolean;
  /** Most memory to take of the GPU, MiB. Default: TESSERA_GPU_MEMORY, else what it has, as it is needed. */
  readonly gpuMemory?: number | undefined;
}

export interface Engine {
  readonly tf: typeof tf;
  /** TensorFlow's own version. */
  readonly version: string;
  readonly device: Device;
  readonly devices: readonly string[];
  /** The GPU's name, e.g. "NVIDIA A100-SXM4-40GB"; null on the CPU, or where nvidia-smi does not tell. */
  readonly gpu: string | null;
  readonly threads: number;
}

let started: { readonly key: string; readonly engine: Promise<Engine> } | undefined;

/**
 * Starts the engine. Called again with the same options, gives the engine that runs.
 *
 * @throws EngineError LIBRARY_NOT_FOUND, LIBRARY_UNUSABLE, NO_DEVICE, or ENGINE_STARTED where options differ.
 */
export function initEngine(options: EngineOptions = {}): Promise<Engine> {
  const {
    threads = availableParallelism(),
    interThreads,
    device = deviceFromEnvironment(),
    deterministic = true,
    gpuMemory = device === "cuda" ? gpuMemoryFromEnvironment() : undefined,
  } = options;
  const settings = { threads, interThreads, device, deterministic, gpuMemory };
  const key = JSON.stringify(settings);
  if (started !== undefined && started.key !== key) {
    return Promise.reject(
      new EngineError("ENGINE_STARTED", `The engine runs with ${started.key}, asked for ${key}; use another process`),
    );
  }
  if (started === undefined) {
    const engine = start(settings);
    started = { key, engine };
    engine.catch(() => {
      started = undefined; // a library that was missing may be there at the next try
    });
  }
  return started.engine;
}

type Settings = Required<Omit<EngineOptions, "interThreads" | "gpuMemory">> & {
  readonly interThreads: number | undefined;
  readonly gpuMemory: number | undefined;
};

async function start({ threads, interThreads, device, deterministic, gpuMemory }: Settings): Promise<Engine> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2"; // errors only: TensorFlow greets on stderr otherwise
  if (deterministic) process.env.TF_DETERMINISTIC_OPS ??= "1";
  keepLossesInFloat32();
  const directory = findLibrary(device);
  const config = configProto(device, { intra: threads, inter: interThreads }, gpuMemory);
  const binding = device === "cuda" ? startOnGpu(directory, config) : new Binding(loadCApi(directory), config);
  restoreUtil();
  await import("@tensorflow/tfjs-node/dist/register_all_kernels.js");
  installStepKernel();
  installGatherKernel();
  installIntegerKernels();
  installBatchNormalizationKernel();
  installExplicitPaddingKernels();
  // The name is only compared with that of the GPU package; the binding says which devices there are.
  const backend = new NodeJSKernelBackend(
    binding as unknown as NodeJSKernelBackend["binding"],
    "@tensorflow/tfjs-node",
  );
  tf.registerBackend("tensorflow", () => backend, 3);
  await tf.setBackend("tensorflow");
  await tf.ready();
  const gpu = device === "cuda" ? (visibleGpus(surveyGpus().gpus, cudaVisible())[0]?.gpu?.name ?? null) : null;
  return { tf, version: binding.TF_Version, device, devices: binding.devices, gpu, threads };
}

const cudaVisible = () => process.env.CUDA_VISIBLE_DEVICES;

/** @throws EngineError NO_DEVICE, saying what was found, where TensorFlow offers no GPU */
function startOnGpu(directory: string, config: Uint8Array): Binding {
  process.env.CUDA_DEVICE_ORDER ??= "PCI_BUS_ID"; // CUDA_VISIBLE_DEVICES then counts as nvidia-smi does
  preloadCudaLibraries(directory);
  const c = loadCApi(directory);
  const refuse = (words?: string) =>
    noDevice(
      { set: librarySet("cuda"), version: c.TF_Version(), cudaBuild: isCudaBuild(directory), words },
      surveyGpus(),
      cudaVisible(),
    );
  let binding: Binding;
  try {
    binding = new Binding(c, config);
  } catch (error) {
    throw refuse((error as Error).message); // a GPU that is there and does not start
  }
  if (!binding.isUsingGpuDevice()) throw refuse();
  return binding;
}

/** tfjs-node 4.22 calls two functions of node:util: Node 23 took one away and warns of the other. */
function restoreUtil(): void {
  const util = createRequire(import.meta.url)("node:util") as Record<string, unknown>;
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  util.isArray = Array.isArray;
}

/** The running back end. @throws EngineError ENGINE_NOT_STARTED */
export function nodeBackend(): NodeBackend<Binding> {
  const backend: unknown = tf.backend();
  if (backend instanceof NodeJSKernelBackend && (backend.binding as unknown) instanceof Binding) {
    return backend as unknown as NodeBackend<Binding>;
  }
  throw new EngineError("ENGINE_NOT_STARTED", "TensorFlow is not the back end: await initEngine() first");
}
