import { type Configuration, readPath } from "./draft.ts";
import type { FormRun } from "./formRun.ts";

/** With what they were before a configuration had them. */
const decisive: readonly (readonly [path: string, before?: unknown])[] = [
  ["model.family"],
  ["model.size"],
  ["model.channels", 3],
  ["model.encoder.kind", "plain"],
  ["model.encoder.alpha"],
  ["model.blocks"],
  ["model.stem"],
  ["model.net"],
  ["model.alpha"],
  ["model.convolution", "none"],
  ["model.depth"],
  ["model.baseFilters"],
  ["model.normalization"],
  ["batchSize"],
  ["optimizer.accumulationSteps", 1],
  ["precision", "float32"],
];

/** Milliseconds per step that finished runs with the same model, batch and precision took, start to end; undefined where there was none. */
export function measuredStepMs(configuration: Configuration, runs: readonly FormRun[]): number | undefined {
  const like = runs.filter(
    (run) =>
      run.state === "SUCCEEDED" &&
      run.step > 0 &&
      run.startedAt &&
      run.finishedAt &&
      decisive.every(
        ([path, before]) =>
          String(readPath(run.configuration, path) ?? before) === String(readPath(configuration, path) ?? before),
      ),
  );
  if (like.length === 0) return undefined;
  const each = like
    .map((run) => (new Date(run.finishedAt!).getTime() - new Date(run.startedAt!).getTime()) / run.step)
    .sort((a, b) => a - b);
  return each[Math.floor(each.length / 2)];
}
