import { csvText } from "@/lib/csv";
import { headlineScore, scoreName } from "@/lib/scoreName";
import { isHeadline } from "./headlineSeries.ts";
import type { Experiment } from "./types.ts";

const head = (score: string) => [
  "experiment",
  "arm",
  "seed",
  "run_id",
  "state",
  "attempt",
  "step",
  `validation_${score}_last`,
  `test_${score}`,
  "test_items",
  "test_scoring",
  "label_version",
  "split",
  "worker",
  "started_at",
  "finished_at",
];

/** The run table, one row a run. */
export const runsCsv = (experiment: Experiment): string =>
  csvText(
    head(scoreName(experiment.base).toLowerCase()),
    experiment.runs.map((run) => [
      experiment.name,
      run.arm,
      run.seed,
      run.id,
      run.state.toLowerCase(),
      run.attempt,
      run.step,
      run.series.find((each) => isHeadline(each.name))?.lastValue,
      run.evaluation && headlineScore(run.evaluation),
      run.evaluation?.items,
      run.evaluation?.scoring,
      experiment.labelVersion.number,
      experiment.split.name,
      run.worker?.name,
      run.startedAt,
      run.finishedAt,
    ]),
  );
