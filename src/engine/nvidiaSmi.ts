/** @file NVIDIA's GPUs and driver, as nvidia-smi tells them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Gpu {
  /** By bus address, as nvidia-smi counts. */
  readonly index: number;
  readonly uuid: string;
  readonly name: string;
  /** Null where it is the computer's own memory. */
  readonly memoryMiB: number | null;
  /** "8.0"; null where the driver is too old to say. */
  readonly computeCapability: string | null;
}

export interface GpuSurvey {
  /** "550.54.15"; null without a driver. */
  readonly driver: string | null;
  readonly gpus: readonly Gpu[];
  /** Why `gpus` may be too short: nvidia-smi's own words. */
  readonly problem: string | null;
}

/** Runs nvidia-smi with these arguments. @throws an error with `code` "ENOENT" where there is none */
export type NvidiaSmi = (args: readonly string[]) => string;

const nvidiaSmi: NvidiaSmi = (args) =>
  execFileSync("nvidia-smi", args, { encoding: "utf8", timeout: 20_000, stdio: ["ignore", "pipe", "pipe"] });

const columns = ["index", "uuid", "name", "memory.total", "driver_version", "compute_cap"];

export function surveyGpus(smi: NvidiaSmi = nvidiaSmi, driverFile = "/proc/driver/nvidia/version"): GpuSurvey {
  const query = (names: readonly string[]) => smi([`--query-gpu=${names.join(",")}`, "--format=csv,noheader,nounits"]);
  const words = (error: unknown) => {
    const { stdout, stderr, message } = error as { stdout?: unknown; stderr?: unknown; message: string };
    return [stdout, stderr].filter((text) => typeof text === "string" && text.trim() !== "").join(" ") || message;
  };
  try {
    try {
      return parseNvidiaSmi(query(columns));
    } catch (error) {
      if (!/not a valid field/.test(words(error))) throw error;
      return parseNvidiaSmi(query(columns.slice(0, -1))); // drivers before 510 do not tell the compute capability
    }
  } catch (error) {
    const driver = driverOf(driverFile);
    const none = (error as { code?: string }).code === "ENOENT";
    if (none) return { driver, gpus: [], problem: driver === null ? null : "there is no nvidia-smi to ask" };
    return { driver, gpus: [], problem: `nvidia-smi: ${words(error).trim()}` };
  }
}

/** @param csv one line per GPU, in the order of `columns`; the last may be absent */
export function parseNvidiaSmi(csv: string): GpuSurvey {
  const rows = csv
    .trim()
    .split("\n")
    .map((line) => line.split(",").map((field) => field.trim()))
    .filter((fields) => fields.length >= columns.length - 1 && /^\d+$/.test(fields[0]!));
  const gpus = rows.map(([index, uuid, name, memory, , capability]) => ({
    index: Number(index),
    uuid: uuid!,
    name: name!,
    memoryMiB: Number(memory) || null, // "[N/A]" where GPU and CPU share their memory
    computeCapability: /^\d+\.\d+$/.test(capability ?? "") ? capability! : null,
  }));
  const problem = rows.length > 0 ? null : `nvidia-smi lists no GPU: ${csv.trim() || "it says nothing"}`;
  return { driver: rows[0]?.[4] ?? null, gpus, problem };
}

/** The kernel module's version. */
function driverOf(file: string): string | null {
  try {
    return /Kernel Module.*?\s(\d+\.\d+(?:\.\d+)?)\s/.exec(readFileSync(file, "utf8"))?.[1] ?? null;
  } catch {
    return null;
  }
}
