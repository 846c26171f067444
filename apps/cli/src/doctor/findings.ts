/** @file What is wrong on this machine, or could be better, each with what to do. */
import { isOlder, newestCompiledComputeCapability, whyUnusable } from "@tessera/engine/devices";
import type { Facts } from "./facts.ts";

export interface Finding {
  /** problem: nothing trains with these settings. warning: something is lost. note: something could be better. */
  readonly level: "problem" | "warning" | "note";
  readonly what: string;
  /** Null where `what` says it already. */
  readonly fix: string | null;
}

const gigabytes = 1e9;
/** A run's checkpoints, and its decoded items. */
const littleDisk = 5 * gigabytes;
/** A U-Net of base 32 at 256² in batches of 8 takes about 3 GB. */
const littleMemory = 4 * gigabytes;

export function findings(facts: Facts, environment: NodeJS.ProcessEnv): Finding[] {
  return [
    ...ofLibrary(facts, environment),
    ...ofProcessor(facts),
    ...ofGpus(facts),
    ...ofSettings(facts, environment),
    ...ofRoom(facts),
  ];
}

function* ofLibrary({ use, refusal, libraries }: Facts, { TESSERA_DEVICE }: NodeJS.ProcessEnv): Generator<Finding> {
  if (refusal !== null) yield { level: "problem", what: refusal, fix: null };
  const library = use?.library ?? libraries.find(({ device, own }) => device === TESSERA_DEVICE && !own);
  if (library && !library.installed) {
    const what = `TensorFlow for ${library.device} is not in ${library.directory}`;
    yield { level: "problem", what, fix: library.fix };
  } else if (use?.library.trial?.works === false) {
    yield { level: "problem", what: use.library.trial.message, fix: null };
  }
}

function* ofProcessor({ processor, use }: Facts): Generator<Finding> {
  if (processor.architecture !== "x64" || processor.instructions === null) return;
  if (!processor.instructions.includes("AVX")) {
    const what = "This CPU has no AVX, which TensorFlow's x86 libraries are built with";
    yield { level: "problem", what, fix: "Use another machine, or point TESSERA_TENSORFLOW at a build without it" };
  } else if (!processor.instructions.includes("AVX2") && use?.device === "cpu") {
    yield {
      level: "warning",
      what: "This CPU has no AVX2: training is slow on it",
      fix: "Use a machine of 2013 or newer",
    };
  }
}

function* ofGpus({ gpus, use, libraries }: Facts): Generator<Finding> {
  const usable = gpus.visible.filter((gpu) => whyUnusable(gpus, gpu) === null);
  if (use?.device === "cpu" && usable.length > 0) {
    const cuda = libraries.find(({ device, own }) => device === "cuda" && !own);
    const what = `This machine has ${usable[0]!.gpu?.name ?? "a GPU"}, and the CPU is used`;
    yield {
      level: "note",
      what,
      fix: `${cuda?.installed ? "" : "`npm run tessera -- install cuda`, then "}TESSERA_DEVICE=cuda uses it`,
    };
  }
  if (gpus.problem !== null && (gpus.driver !== null || gpus.gpus.length > 0)) {
    yield {
      level: "warning",
      what: gpus.problem,
      fix: "See what nvidia-smi says; a restart often mends a driver that was updated",
    };
  }
  const named = gpus.CUDA_VISIBLE_DEVICES?.split(",").filter((token) => token.trim() !== "").length ?? 0;
  if (gpus.gpus.length > 0 && named > gpus.visible.length) {
    const what = `CUDA_VISIBLE_DEVICES="${gpus.CUDA_VISIBLE_DEVICES}" names a GPU that is not there; it and what follows do not count`;
    yield { level: "warning", what, fix: `Name those from 0 to ${gpus.gpus.length - 1}` };
  }
  if (use?.device !== "cuda") return;
  for (const each of gpus.visible) {
    const why = whyUnusable(gpus, each);
    if (why !== null) yield { level: "warning", what: why, fix: null };
    const capability = each.gpu?.computeCapability;
    if (why === null && capability && isOlder(newestCompiledComputeCapability, capability)) {
      yield {
        level: "note",
        what: `${each.gpu!.name} is newer than TensorFlow's kernels: the driver compiles them at first use, which takes minutes, once`,
        fix: "CUDA_CACHE_MAXSIZE=4294967296 keeps what is compiled",
      };
    }
  }
  if (use.workers.length > usable.length && usable.length > 0) {
    const what = `${use.workers.length} workers share ${usable.length} GPU(s)`;
    yield {
      level: "note",
      what,
      fix: "TESSERA_GPU_MEMORY limits what each takes, in MiB; TESSERA_WORKERS unset gives one per GPU",
    };
  }
}

function* ofSettings({ use, processor, versions }: Facts, environment: NodeJS.ProcessEnv): Generator<Finding> {
  for (const name of ["TESSERA_WORKERS", "TESSERA_THREADS"]) {
    const text = environment[name];
    if (!text || /^[1-9]\d*$/.test(text)) continue;
    yield {
      level: "warning",
      what: `${name}: expected a whole number from 1 on, got "${text}"`,
      fix: "It is ignored; correct or unset it",
    };
  }
  const threads = (use?.workers ?? []).reduce((sum, worker) => sum + worker.threads, 0);
  if (threads > processor.usableThreads) {
    const what = `${threads} TensorFlow threads on ${processor.usableThreads} that the CPU has: they wait for each other`;
    yield { level: "warning", what, fix: "Lower TESSERA_THREADS or TESSERA_WORKERS, or unset both" };
  }
  if (Number(versions.node.split(".")[0]) < 24) {
    yield {
      level: "warning",
      what: `Node is ${versions.node}; Tessera is tested on 24`,
      fix: "Start it by `npm run tessera -- …`, which brings Node 24",
    };
  }
}

function* ofRoom({ memory, disk }: Facts): Generator<Finding> {
  const whole = memory.limitBytes ?? memory.totalBytes;
  if (whole < littleMemory) {
    const what = `${(whole / gigabytes).toFixed(1)} GB of memory hold small models only`;
    yield { level: "warning", what, fix: "Use smaller images or batches, or a larger machine" };
  }
  if (disk.freeBytes < littleDisk) {
    const what = `${(disk.freeBytes / gigabytes).toFixed(1)} GB are free under ${disk.home}`;
    yield { level: "warning", what, fix: "Free some space, or set TESSERA_HOME to a larger disk" };
  }
}
