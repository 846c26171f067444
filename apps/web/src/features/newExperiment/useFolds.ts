"use client";
import { useState } from "react";

const limits = { folds: { low: 3, high: 20 }, repeats: { low: 1, high: 20 } } as const;
const within = (value: number, { low, high }: { readonly low: number; readonly high: number }) =>
  Number.isInteger(value) && value >= low && value <= high;

export type Folds = ReturnType<typeof useFolds>;

/** How often, and into how many parts, the items are divided. */
export function useFolds() {
  const [folds, setFolds] = useState(5);
  const [repeats, setRepeats] = useState(1);
  const missing = [
    !within(folds, limits.folds) && "3 to 20 folds",
    !within(repeats, limits.repeats) && "1 to 20 repeats",
  ].filter((each) => each !== false);
  /** Of these items in each run: one part tests and, where an epoch is chosen, one validates. */
  const trainItems = (items: number, chooses: boolean) => Math.round((items * (folds - (chooses ? 2 : 1))) / folds);
  return { folds, setFolds, repeats, setRepeats, limits, missing, trainItems };
}
