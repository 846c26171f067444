/** @file The CPU, and which of its instructions TensorFlow's kernels gain from. */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";

export interface Processor {
  readonly model: string;
  readonly architecture: string;
  /** Null where the system does not tell. */
  readonly physicalCores: number | null;
  /** What this process may use: affinity and a container's limit count. */
  readonly usableThreads: number;
  /** Those of `wanted` that it has; null where the system does not tell. */
  readonly instructions: readonly string[] | null;
  readonly missing: readonly string[];
}

/** Linux's word for it -> ours. oneDNN picks its kernels by these at run time; AVX is what the x86 wheel cannot do without. */
const wanted: Record<string, Record<string, string>> = {
  x64: {
    avx: "AVX",
    fma: "FMA",
    avx2: "AVX2",
    avx512f: "AVX-512",
    avx512_vnni: "AVX512-VNNI",
    avx512_bf16: "AVX512-BF16",
    amx_tile: "AMX",
    amx_bf16: "AMX-BF16",
  },
  arm64: {
    asimd: "NEON",
    asimdhp: "FP16",
    asimddp: "dot product",
    bf16: "BF16",
    i8mm: "I8MM",
    sve: "SVE",
    sve2: "SVE2",
  },
};

export function readProcessor(): Processor {
  let information = "";
  try {
    information = readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    // not Linux
  }
  const { model, ...rest } = parseProcessor(information, process.arch);
  return {
    ...rest,
    model: cpus()[0]?.model.trim() || model || "unknown",
    architecture: process.arch,
    usableThreads: availableParallelism(),
  };
}

/** @param information /proc/cpuinfo */
export function parseProcessor(information: string, architecture: string) {
  const values = (name: string) =>
    [...information.matchAll(new RegExp(`^${name}\\s*:\\s*(.*)$`, "gm"))].map(([, value]) => value!.trim());
  const flags = values(architecture === "arm64" ? "Features" : "flags")[0]?.split(/\s+/) ?? null;
  const words = Object.entries(wanted[architecture] ?? {});
  const sockets = values("physical id");
  const cores = values("core id");
  return {
    model: values("model name")[0] ?? null,
    physicalCores: cores.length > 0 ? new Set(cores.map((core, i) => `${sockets[i] ?? 0}/${core}`)).size : null,
    instructions: flags && words.filter(([flag]) => flags.includes(flag)).map(([, name]) => name),
    missing: flags ? words.filter(([flag]) => !flags.includes(flag)).map(([, name]) => name) : [],
  };
}
