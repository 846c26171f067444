"use client";
import { Group, SegmentedControl, SimpleGrid, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { CurveChart } from "@/features/curves/CurveChart";
import type { Points } from "@/features/curves/points";
import { stepsPerEpoch } from "@/features/experiment/types";
import { armLook, armLooks } from "@/lib/arms";
import { compact } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import type { Run } from "./types.ts";

/** What has a tab of its own. */
const isElsewhere = (series: string) => series.startsWith("system/") || series.startsWith("memorisation/");
const order = [
  "validation/dice",
  "validation/auc",
  "validation/accuracy",
  "validation/loss",
  "train/loss",
  "train/epochLoss",
];
const rank = (series: string) => (order.includes(series) ? order.indexOf(series) : order.length);

/** Every series of the run, small and side by side, under one crosshair. */
export function Curves({ run, points }: { readonly run: Run; readonly points: ReadonlyMap<string, Points> }) {
  const scheme = useScheme();
  const [xAxis, setXAxis] = useState("epoch");
  const [log, setLog] = useState(false);
  const unit = stepsPerEpoch(run);
  const axis = xAxis === "epoch" && unit ? { name: "epoch", unit } : { name: "step", unit: 1 };
  const look = run.experiment ? armLooks(run.experiment.arms, scheme)(run.arm) : armLook(0, scheme);
  const series = [...points.keys()]
    .filter((name) => !isElsewhere(name))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));

  return (
    <Panel
      title="Curves"
      note="One run, one seed. Where a value is not a finite number the line has a gap."
      actions={
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label="Horizontal axis"
            value={unit ? xAxis : "step"}
            onChange={setXAxis}
            data={[
              { value: "epoch", label: "epoch", disabled: !unit },
              { value: "step", label: "step" },
            ]}
          />
          <Switch size="xs" label="log" checked={log} onChange={(event) => setLog(event.currentTarget.checked)} />
        </Group>
      }
    >
      {series.length === 0 ? (
        <Empty title="No points yet">
          {run.state === "QUEUED"
            ? "They come when a worker claims the run."
            : "The first ones come within seconds of the first step."}
        </Empty>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} spacing="lg">
          {series.map((name) => {
            const { steps, values } = points.get(name)!;
            const last = run.series.find((each) => each.name === name)?.lastValue ?? values.at(-1);
            return (
              <div key={name}>
                {/* The right end is the chart's button to save it. */}
                <Group justify="space-between" gap="xs" pr={30}>
                  <Text size="sm" fw={600}>
                    {name}
                  </Text>
                  <Text size="sm">
                    <Text span c="dimmed" size="xs">
                      last
                    </Text>{" "}
                    {compact(last)}
                  </Text>
                </Group>
                <CurveChart
                  curves={[
                    {
                      name,
                      look: { color: look.color, dash: "solid" },
                      points: steps.map((step, at) => ({
                        step,
                        mean: values[at] ?? null,
                        low: null,
                        high: null,
                        seeds: 1,
                      })),
                    },
                  ]}
                  axis={axis}
                  yName=""
                  log={log}
                  height={176}
                  group={`run ${run.id}`}
                  file={fileName(run.name, name)}
                  label={`${name} by ${axis.name}, last value ${compact(last)}`}
                />
              </div>
            );
          })}
        </SimpleGrid>
      )}
    </Panel>
  );
}
