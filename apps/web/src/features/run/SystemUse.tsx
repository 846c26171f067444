"use client";
import { Text } from "@mantine/core";
import { CurveChart } from "@/features/curves/CurveChart";
import { noPoints, type Points } from "@/features/curves/points";
import { stepsPerEpoch } from "@/features/experiment/types";
import { armLook } from "@/lib/arms";
import { compact, isNumber, percent } from "@/lib/format";
import { useScheme } from "@/lib/useScheme";
import { Panel } from "@/ui/Panel";
import type { Run } from "./types.ts";

/** Where the time of a step goes: computing, or waiting for data. */
export function SystemUse({ run, points }: { readonly run: Run; readonly points: ReadonlyMap<string, Points> }) {
  const scheme = useScheme();
  const step = points.get("system/stepMs") ?? noPoints;
  const wait = points.get("system/waitMs") ?? noPoints;
  const lastStep = step.values.at(-1);
  const lastWait = wait.values.at(-1);
  const share =
    isNumber(lastStep) && isNumber(lastWait) && lastStep + lastWait > 0 ? lastWait / (lastStep + lastWait) : null;
  const unit = stepsPerEpoch(run);
  const curve = (name: string, { steps, values }: Points, place: number) => ({
    name,
    look: armLook(place, scheme),
    points: steps.map((at, index) => ({ step: at, mean: values[index] ?? null, low: null, high: null, seeds: 1 })),
  });
  return (
    <Panel
      title="System"
      note={`Milliseconds per step, by epoch${run.worker ? `, on ${run.worker.name} (${run.worker.device})` : ""}`}
    >
      {step.steps.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing measured yet.
        </Text>
      ) : (
        <>
          <CurveChart
            curves={[curve("computing", step, 0), curve("waiting for data", wait, 1)]}
            axis={unit ? { name: "epoch", unit } : { name: "step", unit: 1 }}
            yName="ms per step"
            height={180}
            label={`Milliseconds per step: computing ${compact(lastStep)}, waiting for data ${compact(lastWait)}`}
          />
          <Text size="sm">
            Last epoch: computing {compact(lastStep)} ms, waiting for data {compact(lastWait)} ms per step
            {share === null ? "." : ` (${percent(share)} waiting).`}
          </Text>
        </>
      )}
    </Panel>
  );
}
