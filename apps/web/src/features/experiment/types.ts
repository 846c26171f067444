import type { ExperimentQuery } from "@/gql/graphql";

export type Experiment = NonNullable<ExperimentQuery["experiment"]>;
export type ExperimentRun = Experiment["runs"][number];

/** Steps in one epoch of a run, where it can be told: all its steps ÷ its epochs. */
export function stepsPerEpoch(run: Pick<ExperimentRun, "totalSteps" | "configuration">): number | null {
  const epochs = run.configuration.epochs;
  return typeof epochs === "number" && epochs > 0 && run.totalSteps > 0 ? run.totalSteps / epochs : null;
}

/** With each run that ends, what was computed of the experiment before is old. */
export const endedRuns = ({ runs }: Experiment): number =>
  runs.filter(({ state }) => state !== "QUEUED" && state !== "RUNNING").length;
