/** @file Whether tile maps fit this worker's memory, by the plan on shapes, before a bag is read. */
import { DomainError } from "@tessera/domain/errors";
import type { TileMapsRequest } from "@tessera/domain/inspections/tileMaps";
import { type MemoryPlan, plan } from "@tessera/engine/plan/plan";
import { batchBytes } from "../batches.ts";
import { plannedReading } from "../explanations/tileExplainer.ts";
import type { MultipleInstance } from "../mil/task.ts";
import { itemsAtOnce, plannedSteps } from "../networkSteps.ts";
import type { InspectedBags } from "./inspectedBags.ts";

/** @param trains a model on permuted labels is trained here, too. @param keptBytes of bags, in JavaScript's memory */
function planTileMaps(task: MultipleInstance, trains: boolean, baseBytes: number, keptBytes = 0): MemoryPlan {
  const steps = () => {
    const all = plannedSteps(task, itemsAtOnce(task.configuration));
    return [...(trains ? all : all.slice(-1)), plannedReading(task)]; // the last of them scores
  };
  const { accumulationSteps } = task.configuration.optimizer;
  const batch = batchBytes(itemsAtOnce(task.configuration) * accumulationSteps, task);
  return plan(steps, { baseBytes, hostBytes: batch + keptBytes });
}

/** @throws DomainError TOO_LARGE */
export function checkMemory(
  { task, keptBytes }: Pick<InspectedBags, "task" | "keptBytes">,
  { labelRandomisedRunId }: TileMapsRequest,
  freeBytes: number,
): void {
  const baseBytes = process.memoryUsage.rss();
  const { peakBytes } = planTileMaps(task, labelRandomisedRunId === undefined, baseBytes, keptBytes);
  const limitBytes = baseBytes + freeBytes;
  if (peakBytes <= limitBytes) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const mend =
    labelRandomisedRunId === undefined ? "name a label-randomised run, so that none is trained here, or use" : "use";
  const message = `Tile maps of bags this large need up to ${gigabytes(peakBytes)} of memory, and this worker has ${gigabytes(limitBytes)} for it; ${mend} a worker with more memory`;
  throw new DomainError("TOO_LARGE", message, { peakBytes, limitBytes });
}
