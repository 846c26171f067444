/** @file Which workers this machine gets: one on the CPU, one per GPU on CUDA, unless TESSERA_WORKERS says another number. */
import { availableParallelism } from "node:os";
import { DomainError } from "@tessera/domain/errors";
import { type VisibleGpu, visibleGpus, whyNoGpu, whyUnusable } from "@tessera/engine/devices";
import { type Device, deviceFromEnvironment } from "@tessera/engine/library";
import { type GpuSurvey, surveyGpus } from "@tessera/engine/nvidiaSmi";
import type { Settings } from "../settings.ts";

export interface PlannedWorker {
  /** TensorFlow threads. */
  readonly threads: number;
  /** Null on the CPU, and where the driver is there but nvidia-smi is not: TensorFlow then takes the first. */
  readonly gpu: VisibleGpu | null;
  /** What its process is given. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Machine {
  readonly device: Device;
  readonly cores: number;
  /** Asked only for CUDA. */
  readonly survey: GpuSurvey | null;
  /** CUDA_VISIBLE_DEVICES. */
  readonly visible: string | undefined;
}

/** @throws EngineError NO_DEVICE where TESSERA_DEVICE is no device */
export function thisMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  const device = deviceFromEnvironment(environment);
  return {
    device,
    cores: availableParallelism(),
    survey: device === "cuda" ? surveyGpus() : null,
    visible: environment.CUDA_VISIBLE_DEVICES,
  };
}

/** @throws DomainError UNAVAILABLE where CUDA is asked for and no GPU can be used, saying what was found */
export function planWorkers(
  { workers, threads }: Pick<Settings, "workers" | "threads">,
  { device, cores, survey, visible }: Machine = thisMachine(),
): PlannedWorker[] {
  const gpus = device === "cuda" && survey ? usableGpus(survey, visible) : [];
  const count = workers ?? Math.max(1, gpus.length);
  const each = threads ?? Math.max(1, Math.floor(cores / count));
  return Array.from({ length: count }, (_, index) => {
    const gpu = gpus[index % gpus.length] ?? null; // more workers than GPUs share them in turn
    return { threads: each, gpu, environment: { TESSERA_THREADS: String(each), ...(gpu && onlyThis(gpu)) } };
  });
}

const onlyThis = ({ token }: VisibleGpu) => ({ CUDA_VISIBLE_DEVICES: token, CUDA_DEVICE_ORDER: "PCI_BUS_ID" });

function usableGpus(survey: GpuSurvey, visible: string | undefined): VisibleGpu[] {
  if (survey.driver !== null && survey.gpus.length === 0 && survey.problem?.startsWith("there is no nvidia-smi"))
    return [];
  const why = whyNoGpu(survey, visible);
  if (why !== null) throw new DomainError("UNAVAILABLE", `TESSERA_DEVICE=cuda: ${why}`, { driver: survey.driver });
  return visibleGpus(survey.gpus, visible).filter((gpu) => whyUnusable(survey, gpu) === null);
}

/** "2 workers with 4 threads each, on GPU 0 NVIDIA A100-SXM4-40GB and GPU 1 NVIDIA A100-SXM4-40GB" */
export function describePlan(plan: readonly PlannedWorker[], device: Device): string {
  const threads = `${plan[0]!.threads} thread${plan[0]!.threads === 1 ? "" : "s"}`;
  const where =
    device === "cpu"
      ? "the CPU"
      : plan
          .map(({ gpu }) => (gpu ? `GPU ${gpu.token}${gpu.gpu ? ` ${gpu.gpu.name}` : ""}` : "the first GPU"))
          .join(" and ");
  return `${plan.length} worker${plan.length === 1 ? ` with ${threads}` : `s with ${threads} each`}, on ${where}`;
}
