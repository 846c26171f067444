"use client";
import { useEffect, useRef } from "react";
import { type Experiment, endedRuns } from "@/features/experiment/types";

/** Every run that ends changes the answer; the page hears of it live. */
export function useRenewed(experiment: Experiment, refetch: () => Promise<unknown>): void {
  const ended = endedRuns(experiment);
  const answered = useRef(ended);
  useEffect(() => {
    if (answered.current === ended) return;
    answered.current = ended;
    void refetch();
  }, [ended, refetch]);
}
