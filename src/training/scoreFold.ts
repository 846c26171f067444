/** @file A fold through the network, batch by batch. */
import { batchBytes, scoringBatch } from "./batches.ts";
import type { TrainingItem } from "./items.ts";
import type { Network } from "./network.ts";
import { depthFor, Prefetch } from "./prefetch.ts";
import type { ScoredBatch, Task } from "./task.ts";

export interface ScoreOptions {
  readonly task: Task;
  readonly network: Pick<Network, "score">;
  readonly items: readonly TrainingItem[];
  /** Looked at before every batch. */
  readonly halted: () => boolean;
  /** Aborted as soon as `halted` is true: then no batch is waited for. */
  readonly halting: AbortSignal;
  /** Given each batch in order; the next is made meanwhile. Nothing of them is kept here. */
  readonly onScored: (batch: ScoredBatch) => Promise<void>;
}

/** @returns the mean loss over all items; null where it was halted */
export async function scoreFold({ task, network, items, halted, halting, onScored }: ScoreOptions) {
  const { batchSize } = task.configuration;
  const batches = new Prefetch({
    make: (part) => scoringBatch(items.slice(part * batchSize, (part + 1) * batchSize), task),
    from: 0,
    end: Math.ceil(items.length / batchSize),
    depth: depthFor(batchBytes(batchSize, task)),
  });
  let loss = 0;
  for (let done = 0; done < items.length; done += batchSize) {
    const made = halted() ? null : await batches.next(halting);
    if (made === null) return null;
    const result = await network.score(made.batch);
    loss += result.loss * made.items.length;
    await onScored({ items: made.items, pixels: made.pixels, probabilities: result.probabilities });
  }
  return loss / items.length;
}
