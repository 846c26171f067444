"use client";
import { useSubscription } from "@apollo/client/react";
import { useState } from "react";
import { mergePoints, noPoints, type Points } from "@/features/curves/points";
import { useVisible } from "@/lib/useVisible";
import { isHeadline } from "./headlineSeries.ts";
import { ExperimentUpdates } from "./queries.ts";

/**
 * Follows an experiment. Runs and summaries go into Apollo's cache by themselves; the points of the headline series are gathered
 * here, by run.
 */
export function useLiveExperiment(id: string, active: boolean) {
  const [points, setPoints] = useState<ReadonlyMap<string, Points>>(new Map());
  const visible = useVisible();
  const { error } = useSubscription(ExperimentUpdates, {
    variables: { id },
    skip: !active || !visible,
    ignoreResults: false,
    onData: ({ data }) => {
      const told = data.data?.experimentUpdates.points ?? [];
      if (told.length === 0) return;
      setPoints((known) => {
        const next = new Map(known);
        for (const each of told) {
          if (isHeadline(each.series)) next.set(each.runId, mergePoints(next.get(each.runId) ?? noPoints, each));
        }
        return next;
      });
    },
  });
  return { points, interrupted: error !== undefined };
}
