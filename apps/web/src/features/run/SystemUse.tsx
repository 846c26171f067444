"use client";
import { Group, Text } from "@mantine/core";
import { CurveChart } from "@/features/curves/CurveChart";
import { noPoints, type Points } from "@/features/curves/points";
import { stepsPerEpoch } from "@/features/experiment/types";
import { chartInk } from "@/lib/chartInk";
import { bytes, isNumber, percent, undefinedText } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { Panel } from "@/ui/Panel";
import type { Run } from "./types.ts";

/** Where the time of a step goes: computing, or waiting for data; and the memory that the run has needed. */
export function SystemUse({ run, points }: { readonly run: Run; readonly points: ReadonlyMap<string, Points> }) {
  const scheme = useScheme();
  const step = points.get("system/stepMs") ?? noPoints;
  const wait = points.get("system/waitMs") ?? noPoints;
  const peak = points.get("system/peakBytes")?.values.at(-1);
  const planned = points.get("system/plannedBytes")?.values.at(-1);
  const gpuPeak = points.get("system/gpuPeakBytes")?.values.at(-1);
  const lastStep = step.values.at(-1);
  const lastWait = wait.values.at(-1);
  const share =
    isNumber(lastStep) && isNumber(lastWait) && lastStep + lastWait > 0 ? lastWait / (lastStep + lastWait) : null;
  const unit = stepsPerEpoch(run);
  // Not in the colours of arms: these two are no arms.
  const curve = (name: string, { steps, values }: Points, dash: "solid" | "dashed") => ({
    name,
    look: { color: dash === "solid" ? chartInk(scheme).accent : chartInk(scheme).neutral, dash },
    points: steps.map((at, index) => ({ step: at, mean: values[index] ?? null, low: null, high: null, seeds: 1 })),
  });
  const curves = [curve("computing", step, "solid"), curve("waiting for data", wait, "dashed")];
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
          <Group gap="lg" fz="xs">
            {curves.map(({ name, look }) => (
              <Group key={name} gap={6}>
                <svg width={22} height={4} aria-hidden="true">
                  <line
                    x2={22}
                    y1={2}
                    y2={2}
                    stroke={look.color}
                    strokeWidth={2}
                    strokeDasharray={look.dash === "solid" ? undefined : "5 3"}
                  />
                </svg>
                {name}
              </Group>
            ))}
          </Group>
          <CurveChart
            curves={curves}
            axis={unit ? { name: "epoch", unit } : { name: "step", unit: 1 }}
            yName="ms per step"
            height={180}
            file={fileName(run.name, "ms per step")}
            label={`Time per step: computing ${milliseconds(lastStep)}, waiting for data ${milliseconds(lastWait)}`}
          />
          <Text size="sm">
            Last epoch: computing {milliseconds(lastStep)}, waiting for data {milliseconds(lastWait)} per step
            {share === null ? "." : ` (${percent(share)} waiting).`}
          </Text>
          {isNumber(peak) && (
            <Text size="sm">
              {run.finishedAt ? "Most memory" : "Most memory so far"}: {bytes(peak)}
              {isNumber(planned) ? ` of at most ${bytes(planned)} planned` : ""}
              {isNumber(gpuPeak) ? `, and ${bytes(gpuPeak)} on the GPU` : ""}.
            </Text>
          )}
        </>
      )}
    </Panel>
  );
}

const milliseconds = (value: number | null | undefined): string =>
  isNumber(value) ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : undefinedText;
