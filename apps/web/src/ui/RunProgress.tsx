"use client";
import { Group, Progress, Text } from "@mantine/core";
import type { RunState } from "@/gql/graphql";
import { count } from "@/lib/format";

interface Props {
  readonly run: {
    readonly state: RunState;
    readonly phase: string;
    readonly step: number;
    readonly totalSteps: number;
  };
}

/** How far a run is: a bar while it runs, the step count when it is over. */
export function RunProgress({ run }: Props) {
  const { state, phase, step, totalSteps } = run;
  if (state === "QUEUED") {
    return (
      <Text size="xs" c="dimmed">
        waits for a worker
      </Text>
    );
  }
  const share = totalSteps > 0 ? (step / totalSteps) * 100 : 0;
  return (
    <Group gap={8} wrap="nowrap">
      {state === "RUNNING" && (
        <Progress
          w={72}
          size="sm"
          value={share}
          aria-label={`${Math.floor(share)} % of the steps done`}
          style={{ flex: "none" }}
        />
      )}
      <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
        {state === "RUNNING" && phase ? `${phase} · ` : ""}
        {totalSteps > 0 ? `${count(step)} of ${count(totalSteps)} steps` : `step ${count(step)}`}
      </Text>
    </Group>
  );
}
