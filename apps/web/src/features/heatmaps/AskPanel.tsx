"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { HeatmapBaseline, HeatmapMethod } from "@/gql/graphql";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { methodName } from "./checkText.ts";
import { GuardedFields, useGuardedFields } from "./GuardedFields.tsx";
import { AskHeatmaps } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly classes: readonly string[];
  readonly onAsked: (inspectionId: string) => unknown;
}

const methods = Object.keys(methodName) as HeatmapMethod[];

/** Chooses items, class and methods, and starts the inspection. */
export function AskPanel({ runId, classes, onAsked }: Props) {
  const { input, ready, fields } = useGuardedFields();
  const [chosen, setChosen] = useState<string[]>(["GRAD_CAM", "INTEGRATED_GRADIENTS"]);
  const [baseline, setBaseline] = useState<HeatmapBaseline>("MEAN");
  const [ask, asking] = useMutation(AskHeatmaps);

  const start = async () => {
    const whole = { ...input, runId, baseline, methods: methods.filter((method) => chosen.includes(method)) };
    const answer = await ask({ variables: { input: whole } }).catch(() => null);
    if (answer?.data) onAsked(answer.data.inspectHeatmaps.id);
  };

  return (
    <Panel
      title="Make heatmaps"
      note="No map comes without its checks: random weights, labels that mean nothing, and masks where there are any. Checks use validation items; test items are looked at only where you name them."
    >
      <Stack gap="sm">
        <GuardedFields runId={runId} classes={classes} fields={fields}>
          <Select
            label="Image without information"
            size="xs"
            w={170}
            allowDeselect={false}
            value={baseline}
            onChange={(value) => setBaseline((value ?? "MEAN") as HeatmapBaseline)}
            data={[
              { value: "MEAN", label: "its mean colour" },
              { value: "BLACK", label: "black" },
            ]}
          />
        </GuardedFields>
        <Checkbox.Group label="Methods" size="xs" value={chosen} onChange={setChosen}>
          <Group gap="md" mt={4}>
            {methods.map((method) => (
              <Checkbox
                key={method}
                size="xs"
                value={method}
                label={`${methodName[method]}${method === "OCCLUSION" ? " (slow: hundreds of passes a map)" : ""}`}
              />
            ))}
          </Group>
        </Checkbox.Group>
        <Group gap="sm">
          <Button size="sm" onClick={start} loading={asking.loading} disabled={chosen.length === 0 || !ready}>
            Make heatmaps
          </Button>
          <Text size="xs" c="dimmed">
            Takes minutes. Asked before, the same answer is shown.
          </Text>
        </Group>
        {asking.error && <ErrorPanel error={asking.error} />}
      </Stack>
    </Panel>
  );
}
