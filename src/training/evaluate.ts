/** @file The end of a run: its best checkpoint (or the last epoch's, where none is chosen) scores validation, if there is one, and once test. */
import { keepsLastEpoch } from "@tessera/domain/configuration/choice";
import type { EvaluationEvent } from "@tessera/domain/events";
import { readCheckpoint, scoredWeights } from "./checkpoint.ts";
import type { Loop } from "./loop.ts";
import type { Network } from "./network.ts";
import type { Reporter } from "./reporter.ts";
import { scoreFold } from "./scoreFold.ts";
import type { Task } from "./task.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** Both evaluations are reported as one, so that a crash cannot leave one of them to be made again. @returns why it halted */
export async function evaluate(
  options: TrainOptions,
  task: Task,
  network: Network,
  reporter: Reporter,
  loop: Loop,
): Promise<"cancel" | "stop" | null> {
  const { configuration, items, readBlob, shouldStop, scored } = options;
  const { best } = loop;
  const folds = (["validation", "test"] as const).filter((fold) => !scored.includes(fold) && items[fold].length > 0);
  if (best === null || folds.length === 0) return null;
  await reporter.report(loop.progress("testing"));
  network.loadWeights(scoredWeights(readCheckpoint(await readBlob(best.sha256))));
  const events: EvaluationEvent[] = [];
  for (const fold of folds) {
    const evaluation = task.evaluation(options);
    const loss = await scoreFold({
      task,
      network,
      items: items[fold],
      halted: () => shouldStop() !== null,
      halting: loop.halting,
      onScored: (batch) => evaluation.add(batch),
    });
    const scores = await evaluation.result();
    if (loss === null) return shouldStop();
    events.push({ type: "evaluation", fold, checkpointStep: best.step, size: task.scoredSize, ...scores });
  }
  await reporter.report(...events, {
    type: "log",
    level: "info",
    message:
      `Scored ${folds.join(" and ")} with the ${keepsLastEpoch(configuration) ? "last epoch" : "best checkpoint: epoch"} ${best.epoch}, step ${best.step}` +
      (configuration.optimizer.emaDecay > 0 ? ", averaged weights" : ""),
  });
  return null;
}
