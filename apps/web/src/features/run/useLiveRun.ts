"use client";
import { useSubscription } from "@apollo/client/react";
import { useMemo, useState } from "react";
import { mergePoints, noPoints, type Points } from "@/features/curves/points";
import { useVisible } from "@/lib/useVisible";
import { RunUpdates } from "./queries.ts";
import type { Run, Sample } from "./types.ts";

type SeriesPoints = ReadonlyMap<string, Points>;

function joined(
  known: SeriesPoints,
  told: readonly {
    readonly series: string;
    readonly steps: readonly number[];
    readonly values: readonly (number | null)[];
  }[],
): SeriesPoints {
  if (told.length === 0) return known;
  const next = new Map(known);
  for (const each of told) next.set(each.series, mergePoints(next.get(each.series) ?? noPoints, each));
  return next;
}

const sampleKey = (sample: Sample) => `${sample.epoch} ${sample.item.id}`;

/** What the query loaded and what the subscription has told since, as one. The run's own fields live in Apollo's cache. */
export function useLiveRun(id: string, loaded: Run | null | undefined) {
  const [points, setPoints] = useState<SeriesPoints>(new Map());
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const open = loaded?.state === "QUEUED" || loaded?.state === "RUNNING";
  const visible = useVisible();
  const { error } = useSubscription(RunUpdates, {
    variables: { id },
    skip: !open || !visible,
    onData: ({ data }) => {
      const told = data.data?.runUpdates;
      if (!told) return;
      setPoints((known) => joined(known, told.points));
      if (told.samples.length > 0) setSamples((known) => [...known, ...told.samples]);
    },
  });
  const loadedPoints = loaded?.points;
  const loadedSamples = loaded?.samples;
  return {
    points: useMemo(() => {
      const all = joined(new Map(), loadedPoints ?? []);
      return joined(
        all,
        [...points].map(([series, each]) => ({ series, ...each })),
      );
    }, [loadedPoints, points]),
    samples: useMemo(
      () => [...new Map([...(loadedSamples ?? []), ...samples].map((sample) => [sampleKey(sample), sample])).values()],
      [loadedSamples, samples],
    ),
    interrupted: error !== undefined,
  };
}
