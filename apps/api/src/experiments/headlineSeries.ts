/** @file The series that stands for a run while it trains: what its task is validated by. */
const ofTask = { segmentation: "validation/dice", classification: "validation/auc" } as const;

export const headlineSeriesNames: readonly string[] = Object.values(ofTask);

/** @param configuration of a run, or the base of an experiment */
export const headlineSeries = ({ task }: { readonly task?: unknown }): string =>
  task === "classification" || task === "mil" ? ofTask.classification : ofTask.segmentation;
