/** @file Which epoch of a run is scored at its end. */

/** best: the epoch with the highest validation score; last: none is chosen, so that no validation fold is needed. */
export const epochChoices = ["best", "last"] as const;

/** Whether nothing is chosen. Of models of bags alone: what looks into runs on images needs their validation fold. */
export const keepsLastEpoch = (configuration: { readonly task: string; readonly choose?: string }): boolean =>
  configuration.task === "mil" && configuration.choose === "last";
