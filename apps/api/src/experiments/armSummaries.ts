/** @file Per arm: how many runs are in which state, and the mean and spread over seeds of their last value of a metric. */
import { meanAndSd } from "@tessera/analysis/summary";
import { runStates } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { Loaders } from "../loaders.ts";
import type { ArmSummary } from "./armSummary.type.ts";

export async function summarizeArms(loaders: Loaders, experiment: Experiment, metric: string): Promise<ArmSummary[]> {
  const runs = await loaders.runsOfExperiment.load(experiment.id);
  const series = await loaders.series.loadMany(runs.map((run) => run.id));
  const lastValue = runs.map((_run, i) => {
    const ofRun = series[i];
    if (ofRun === undefined || ofRun instanceof Error) throw ofRun;
    return ofRun.find((each) => each.series === metric)?.lastValue ?? Number.NaN;
  });
  return experiment.arms.map(({ name }) => {
    const ofArm = runs.flatMap((run, i) =>
      run.arm === name ? [{ state: run.state, value: lastValue[i] ?? Number.NaN }] : [],
    );
    const values = ofArm.map((run) => run.value).filter(Number.isFinite);
    const count = (state: string) => ofArm.filter((run) => run.state === state).length;
    const [queued, running, succeeded, failed, cancelled] = runStates.map(count) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return {
      arm: name,
      seeds: values.length,
      ...meanAndSd(values),
      runStates: { queued, running, succeeded, failed, cancelled },
    };
  });
}
