/** @file The end of a run: its best checkpoint scores validation and, once, test. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { countComponents } from "@tessera/domain/components";
import type { EvaluationEvent, ItemCounts } from "@tessera/domain/events";
import { countedThresholds } from "@tessera/domain/measures";
import { readCheckpoint, scoredWeights } from "./checkpoint.ts";
import type { Loop } from "./loop.ts";
import type { Network } from "./network.ts";
import type { Reporter } from "./reporter.ts";
import { type ScoredItem, scoreFold } from "./score.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** Both evaluations are reported as one, so that a crash cannot leave one of them to be made again. @returns why it halted */
export async function evaluate(
  options: TrainOptions,
  network: Network,
  reporter: Reporter,
  loop: Loop,
): Promise<"cancel" | "stop" | null> {
  const { configuration, items, readBlob, shouldStop, scored } = options;
  const { batchSize, threshold, model, loss } = configuration;
  const { best } = loop;
  const folds = (["validation", "test"] as const).filter((fold) => !scored.includes(fold));
  if (best === null || folds.length === 0) return null;
  await reporter.report(loop.progress("testing"));
  network.loadWeights(scoredWeights(readCheckpoint(await readBlob(best.sha256))));
  const events: EvaluationEvent[] = [];
  for (const fold of folds) {
    const counts: ItemCounts[] = [];
    let storing = Promise.resolve();
    const store = async (each: readonly ScoredItem[]) => {
      const stored: Promise<ItemCounts[]>[] = [];
      for (const item of each) {
        stored.push(countsOf(options, item));
        await nextTurn(); // counting components takes a while
      }
      counts.push(...(await Promise.all(stored)).flat());
    };
    const result = await scoreFold({
      network,
      items: items[fold],
      size: model.size,
      classes: options.classes ?? 1,
      batchSize,
      threshold,
      countedAt: countedThresholds,
      loss,
      halted: () => shouldStop() !== null,
      halting: loop.halting,
      async onScored(each) {
        await storing; // one batch is encoded and stored while the next is scored
        storing = store(each);
        storing.catch(() => undefined); // thrown by the next to await it
      },
    });
    await storing;
    if (result === null) return shouldStop();
    events.push({ type: "evaluation", fold, checkpointStep: best.step, size: model.size, threshold, items: counts });
  }
  await reporter.report(...events, {
    type: "log",
    level: "info",
    message:
      `Scored ${folds.join(" and ")} with the best checkpoint: epoch ${best.epoch}, step ${best.step}` +
      (configuration.optimizer.emaDecay > 0 ? ", averaged weights" : ""),
  });
  return null;
}

/** One row per class. */
async function countsOf(
  { encodeMask, storeBlob, configuration }: TrainOptions,
  { itemId, classes, prediction: indices }: ScoredItem,
): Promise<ItemCounts[]> {
  const { size } = configuration.model;
  const counted = classes.map(({ counts, truth, prediction, thresholdCounts }, classIndex) => ({
    itemId,
    classIndex,
    ...counts,
    truthComponents: countComponents(truth, size, size),
    predictedComponents: countComponents(prediction, size, size),
    thresholdCounts,
  }));
  const predictionSha256 = await storeBlob(await encodeMask(indices, size), "image/png");
  return counted.map(({ thresholdCounts, ...counts }) => ({
    ...counts,
    predictionSha256,
    ...(thresholdCounts && { thresholdCounts }),
  }));
}
