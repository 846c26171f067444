/** @file The series in which a run on noisy labels tells, per epoch, what it has fitted of clean and of corrupted labels. */
export const memorisationSeries = {
  /** Mean cross entropy with the given labels, nats; of masks per pixel. Whatever the loss that is trained on. */
  cleanLoss: "memorisation/cleanLoss",
  corruptedLoss: "memorisation/corruptedLoss",
  /** Share of the labels that are predicted as they were given. Of classes. */
  cleanFitted: "memorisation/cleanFitted",
  corruptedFitted: "memorisation/corruptedFitted",
  /** Share of the corrupted labels that are predicted as they were before the noise. */
  corruptedAsTrue: "memorisation/corruptedAsTrue",
  /** Share of the corrupted labels that one answer for all items fits, the best one: what is fitted beyond is learnt by heart. */
  corruptedChance: "memorisation/corruptedChance",
} as const;

export type MemorisationSeries = keyof typeof memorisationSeries;
