import type { FormRun } from "./ArmEditor.tsx";
import { type Configuration, readPath } from "./draft.ts";

const decisive = ["model.size", "model.depth", "model.baseFilters", "model.normalization", "batchSize"];

/** Milliseconds per step that finished runs with the same model and batch took, start to end; undefined where there was none. */
export function measuredStepMs(configuration: Configuration, runs: readonly FormRun[]): number | undefined {
  const like = runs.filter(
    (run) =>
      run.state === "SUCCEEDED" &&
      run.step > 0 &&
      run.startedAt &&
      run.finishedAt &&
      decisive.every((path) => readPath(run.configuration, path) === readPath(configuration, path)),
  );
  if (like.length === 0) return undefined;
  const each = like
    .map((run) => (new Date(run.finishedAt!).getTime() - new Date(run.startedAt!).getTime()) / run.step)
    .sort((a, b) => a - b);
  return each[Math.floor(each.length / 2)];
}
