"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Group, NumberInput, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ItemsToName } from "@/features/heatmaps/ItemsToName";
import type { Fold, HeatmapItemChoice, InspectTileMapsInput } from "@/gql/graphql";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { AskTileMaps } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly classes: readonly string[];
  readonly onAsked: (inspectionId: string) => unknown;
}

const predicted = "predicted";

/** Chooses bags and class, and starts the inspection. */
export function AskPanel({ runId, classes, onAsked }: Props) {
  const [choice, setChoice] = useState<HeatmapItemChoice>("CONFIDENT_RIGHT");
  const [count, setCount] = useState<number | string>(6);
  const [fold, setFold] = useState<Fold>("VALIDATION");
  const [itemIds, setItemIds] = useState<string[]>([]);
  const [classIndex, setClassIndex] = useState(predicted);
  const [labelSteps, setLabelSteps] = useState<number | string>(300);
  const [ask, asking] = useMutation(AskTileMaps);
  const named = choice === "NAMED";

  const start = async () => {
    const input: InspectTileMapsInput = {
      ...{ runId, choice, labelSteps: Number(labelSteps) },
      ...(named ? { itemIds } : { count: Number(count) }),
      ...(classIndex === predicted ? {} : { classIndex: Number(classIndex) }),
    };
    const answer = await ask({ variables: { input } }).catch(() => null);
    if (answer?.data) onAsked(answer.data.inspectTileMaps.id);
  };

  return (
    <Panel
      title="Make tile maps"
      note="No map comes without its checks: random weights, labels that mean nothing, and what is known of tiles where anything is. Checks use validation items; test items are looked at only where you name them."
    >
      <Stack gap="sm">
        <Group gap="md" align="flex-end">
          <SegmentedControl
            size="xs"
            aria-label="Slides"
            value={choice}
            onChange={(value) => setChoice(value as HeatmapItemChoice)}
            data={[
              { value: "CONFIDENT_RIGHT", label: "surest right" },
              { value: "CONFIDENT_WRONG", label: "surest wrong" },
              { value: "NAMED", label: "by name" },
            ]}
          />
          {!named && <NumberInput label="Slides" size="xs" w={80} min={1} max={16} value={count} onChange={setCount} />}
          <Select
            label="Class that is explained"
            size="xs"
            w={200}
            allowDeselect={false}
            value={classIndex}
            onChange={(value) => setClassIndex(value ?? predicted)}
            data={[
              { value: predicted, label: "the predicted one" },
              ...classes.map((name, index) => ({ value: String(index), label: name })),
            ]}
          />
          <NumberInput
            label="Steps on permuted labels"
            size="xs"
            w={170}
            min={20}
            max={3000}
            step={100}
            value={labelSteps}
            onChange={setLabelSteps}
          />
        </Group>
        {named && <ItemsToName runId={runId} fold={fold} onFold={setFold} chosen={itemIds} onChosen={setItemIds} />}
        <Group gap="sm">
          <Button size="sm" onClick={start} loading={asking.loading} disabled={named && itemIds.length === 0}>
            Make tile maps
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
