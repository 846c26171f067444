/** @file PyTorch's side: unet_torch.py as a process, and what it says line by line. */
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PixelCounts } from "@tessera/analysis/dice";
import { Marks, type Run, type RunOptions, runOf } from "./run.ts";

export interface TorchSettings {
  readonly layout: "channels_last" | "contiguous_format";
  /** Processes that augment beside the step; 0: between the steps. */
  readonly loaderWorkers: number;
}

const candidates: readonly TorchSettings[] = [
  { layout: "channels_last", loaderWorkers: 1 },
  { layout: "channels_last", loaderWorkers: 0 },
  { layout: "contiguous_format", loaderWorkers: 1 },
  { layout: "contiguous_format", loaderWorkers: 0 },
];
const trialItems = 48;
const trialEpochs = 3;

/** PyTorch at its best on this machine: the settings with the quickest epoch of a few short trials. */
export async function quickestSettings(options: RunOptions, python: string, weights: string): Promise<TorchSettings> {
  const { train, validation, test } = options.items;
  const items = { train: train.slice(0, trialItems), validation: validation.slice(0, 8), test: test.slice(0, 1) };
  const short = { ...options, items, configuration: { ...options.configuration, epochs: trialEpochs } };
  let best: { readonly seconds: number; readonly settings: TorchSettings } | null = null;
  for (const settings of candidates) {
    const { epochSeconds } = await trainTorch(short, python, weights, settings);
    const { layout, loaderWorkers } = settings;
    console.error(
      `· trial of PyTorch, ${layout}, ${loaderWorkers} loader worker(s): ${epochSeconds.toFixed(2)} s an epoch`,
    );
    if (best === null || epochSeconds < best.seconds) best = { seconds: epochSeconds, settings };
  }
  return best!.settings;
}

type Line =
  | { readonly event: "ready" }
  | { readonly event: "training" }
  | { readonly event: "epoch"; readonly losses: readonly number[]; readonly validationDice: number | null }
  /** By item name: TP, FP, FN, TN. */
  | { readonly event: "tested"; readonly counts: Readonly<Record<string, readonly [number, number, number, number]>> };

/** @param weights a safetensors file of the starting weights. @throws Error that says how Python ended */
export async function trainTorch(
  { configuration, seed, items, work }: RunOptions,
  python: string,
  weights: string,
  settings: TorchSettings,
): Promise<Run> {
  const job = { configuration, seed, items, weights, ...settings };
  const path = join(work, "torch.json");
  await writeFile(path, JSON.stringify({ ...job, latest: join(work, "latest.pt"), best: join(work, "best.pt") }));
  const marks = new Marks();
  const losses: number[] = [];
  const counts = new Map<string, PixelCounts>();
  const threads = String(configuration.threads);
  const child = spawn(python, [fileURLToPath(new URL("unet_torch.py", import.meta.url)), path], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, OMP_NUM_THREADS: threads, MKL_NUM_THREADS: threads },
  });
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    const now = performance.now();
    if (line.event === "ready") marks.ready = now;
    else if (line.event === "training") marks.training = now;
    else if (line.event === "epoch") {
      marks.epochs.push(now);
      losses.push(...line.losses);
    } else {
      marks.end = now;
      for (const [name, [truePositives, falsePositives, falseNegatives]] of Object.entries(line.counts)) {
        counts.set(name, { truePositives, falsePositives, falseNegatives });
      }
    }
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("close", resolve).on("error", reject);
  });
  if (code !== 0 || marks.end === 0) throw new Error(`${python} ended with code ${code} before its test; see above`);
  return runOf(seed, marks, losses, counts);
}
