/** @file How much memory a run will need, before it starts: refused where it is more than there is. */
import { DomainError } from "@tessera/domain/errors";
import { initEngine } from "@tessera/engine/backend";
import { largestThatFits } from "@tessera/engine/plan/largest";
import { type MemoryPlan, plan } from "@tessera/engine/plan/plan";
import { batchBytes } from "./batches.ts";
import { modelText } from "./modelText.ts";
import { itemsAtOnce, plannedSteps } from "./networkSteps.ts";
import { depthFor } from "./prefetch.ts";
import type { Task } from "./task.ts";
import { threadsOf } from "./threads.ts";

export interface RunPlan {
  /** The process at its highest, bytes, but for decoded items that it keeps. */
  readonly peakBytes: number;
  /** Of it, what the process does not hold yet. */
  readonly neededBytes: number;
  /** For the run's log. */
  readonly message: string;
}

/**
 * Starts the engine, and plans on shapes alone: nothing large is allocated.
 *
 * @param maxThreads as train's
 * @param freeBytes what the process may take beyond what it holds
 * @returns null on a GPU, of whose memory nothing is planned (docs/decisions/0018)
 * @throws DomainError TOO_LARGE, with the largest batch that fits
 */
export async function planRun(task: Task, maxThreads: number | null, freeBytes: number): Promise<RunPlan | null> {
  const { device } = await initEngine({ threads: threadsOf(task.configuration, maxThreads) });
  if (device !== "cpu") return null;
  const baseBytes = process.memoryUsage.rss();
  const planned = planTask(task, baseBytes);
  const limit = baseBytes + freeBytes;
  if (planned.peakBytes > limit) throw tooLarge(task, planned, baseBytes, limit);
  const { peakBytes, stateBytes, stepBytes, hostBytes } = planned;
  const rest = peakBytes - stepBytes - hostBytes;
  const message =
    `Needs at most ${gigabytes(peakBytes)} of memory: weights and optimiser ${gigabytes(stateBytes)}, ` +
    `activations and gradients of a step ${gigabytes(stepBytes - stateBytes)}, batches and checkpoints ${gigabytes(hostBytes)}, ` +
    `the program and room lost between buffers ${gigabytes(rest)}`;
  return { peakBytes, neededBytes: peakBytes - baseBytes, message };
}

/** @param baseBytes what the process holds before. @param atOnce items in the model at once */
export function planTask(task: Task, baseBytes: number, atOnce = itemsAtOnce(task.configuration)): MemoryPlan {
  const { accumulationSteps } = task.configuration.optimizer;
  const batch = batchBytes(atOnce * accumulationSteps, task);
  const hostBytes = 2 * depthFor(batch) * batch; // batches of training wait while those of the validation are made
  return plan(() => plannedSteps(task, atOnce), { baseBytes, hostBytes });
}

function tooLarge(task: Task, { peakBytes }: MemoryPlan, baseBytes: number, limitBytes: number): DomainError {
  const { batchSize, model, optimizer } = task.configuration;
  const found = largestThatFits(limitBytes, itemsAtOnce(task.configuration), (size) => planTask(task, baseBytes, size));
  const largestBatch = found === null ? null : found.size * optimizer.accumulationSteps;
  const drawn = drawnThatFit(task, baseBytes, limitBytes);
  const mend = drawn
    ? `Draw at most ${drawn} tiles of a bag for training (bag.tiles), or use a worker with more memory.`
    : largestBatch === null
      ? "Not even one item at a time fits: use a smaller image size or fewer filters, or a worker with more memory."
      : `The largest batch that fits is ${largestBatch}: use that, more accumulation steps, a smaller image size, or a worker with more memory.`;
  return new DomainError(
    "TOO_LARGE",
    `A batch of ${batchSize} at ${modelText(model)} needs up to ${gigabytes(peakBytes)} of memory, ` +
      `and this worker has ${gigabytes(limitBytes)} for it. ${mend}`,
    { batchSize, peakBytes, limitBytes, largestBatch, ...(drawn && { drawnTiles: drawn }) },
  );
}

/** Tiles, where the items are bags and so many of each can be trained on; the plan has the scoring of all of them in it. */
function drawnThatFit(task: Task, baseBytes: number, limitBytes: number): number | null {
  const most = task.largestShapes("train")[0]![0]!;
  if (task.withDrawn === undefined) return null;
  return largestThatFits(limitBytes, most, (tiles) => planTask(task.withDrawn!(tiles), baseBytes))?.size ?? null;
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e8 ? 2 : 1)} GB`;
