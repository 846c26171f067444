"use client";
import { type Experiment, endedRuns } from "@/features/experiment/types";
import { useRefetchOn } from "@/lib/useRefetchOn";

/** Every run that ends changes the answer. */
export const useRenewed = (experiment: Experiment, refetch: () => Promise<unknown>): void =>
  useRefetchOn(endedRuns(experiment), refetch);
