/** @file The facts about this machine that `tessera doctor` tells. */
import type { VisibleGpu } from "@tessera/engine/devices";
import type { Device } from "@tessera/engine/library";
import type { GpuSurvey } from "@tessera/engine/nvidiaSmi";
import type { Settings } from "../settings.ts";
import type { PlannedWorker } from "../workers/plan.ts";
import type { ProbeAnswer } from "./probeLibrary.ts";
import type { Processor } from "./processor.ts";

export interface Library {
  readonly device: Device;
  readonly directory: string;
  /** Whether TESSERA_TENSORFLOW named it. */
  readonly own: boolean;
  readonly installed: boolean;
  /** Brings it; null where it is installed. */
  readonly fix: string | null;
  /** Wheels that an installed set was made of, with their versions; null for other folders. */
  readonly wheels: Readonly<Record<string, string>> | null;
  /** Null where it is not installed. */
  readonly trial: ProbeAnswer | null;
}

export interface Use {
  readonly device: Device;
  readonly library: Library;
  readonly workers: readonly PlannedWorker[];
  /** In words. */
  readonly plan: string;
  /** MiB of each GPU; null: all. */
  readonly gpuMemoryMiB: number | null;
}

export interface Facts {
  readonly processor: Processor;
  readonly memory: { readonly totalBytes: number; readonly limitBytes: number | null; readonly availableBytes: number };
  readonly disk: { readonly home: string; readonly freeBytes: number };
  readonly gpus: GpuSurvey & { readonly visible: readonly VisibleGpu[]; readonly CUDA_VISIBLE_DEVICES: string | null };
  readonly versions: {
    readonly tessera: string;
    readonly node: string;
    /** The library's own, of the set that is used. */
    readonly tensorflow: string | null;
    readonly tensorflowJs: string | null;
    readonly driver: string | null;
    readonly oldestDriver: string;
  };
  readonly libraries: readonly Library[];
  readonly settings: Settings;
  /** Null where the settings cannot be followed; `refusal` says why. */
  readonly use: Use | null;
  readonly refusal: string | null;
}
