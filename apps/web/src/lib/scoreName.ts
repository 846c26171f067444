/** The score by which the best checkpoint of a run is chosen. @param configuration of the run */
export const scoreName = (configuration: Readonly<Record<string, unknown>>): "AUC" | "Dice" =>
  configuration.task === "classification" || configuration.task === "mil" ? "AUC" : "Dice";

/** Its series on the validation fold. */
export const scoreSeries = (configuration: Readonly<Record<string, unknown>>): string =>
  `validation/${scoreName(configuration).toLowerCase()}`;

/** The headline of an evaluation: each task has one of the two, the other is null. */
export const headlineScore = ({
  auc,
  meanDice,
}: {
  readonly auc?: number | null;
  readonly meanDice?: number | null;
}): number | null => auc ?? meanDice ?? null;
