"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Checkbox, Group, NumberInput, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Fold, HeatmapBaseline, HeatmapItemChoice, HeatmapMethod, InspectHeatmapsInput } from "@/gql/graphql";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { methodName } from "./checkText.ts";
import { ItemsToName } from "./ItemsToName.tsx";
import { AskHeatmaps } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly classes: readonly string[];
  readonly onAsked: (inspectionId: string) => unknown;
}

const methods = Object.keys(methodName) as HeatmapMethod[];
const predicted = "predicted";

/** Chooses items, class and methods, and starts the inspection. */
export function AskPanel({ runId, classes, onAsked }: Props) {
  const [choice, setChoice] = useState<HeatmapItemChoice>("CONFIDENT_RIGHT");
  const [count, setCount] = useState<number | string>(6);
  const [fold, setFold] = useState<Fold>("VALIDATION");
  const [itemIds, setItemIds] = useState<string[]>([]);
  const [classIndex, setClassIndex] = useState(predicted);
  const [chosen, setChosen] = useState<string[]>(["GRAD_CAM", "INTEGRATED_GRADIENTS"]);
  const [baseline, setBaseline] = useState<HeatmapBaseline>("MEAN");
  const [labelSteps, setLabelSteps] = useState<number | string>(300);
  const [ask, asking] = useMutation(AskHeatmaps);
  const named = choice === "NAMED";

  const start = async () => {
    const input: InspectHeatmapsInput = {
      ...{ runId, choice, baseline, labelSteps: Number(labelSteps) },
      methods: methods.filter((method) => chosen.includes(method)),
      ...(named ? { itemIds } : { count: Number(count) }),
      ...(classIndex === predicted ? {} : { classIndex: Number(classIndex) }),
    };
    const answer = await ask({ variables: { input } }).catch(() => null);
    if (answer?.data) onAsked(answer.data.inspectHeatmaps.id);
  };

  return (
    <Panel
      title="Make heatmaps"
      note="No map comes without its checks: random weights, labels that mean nothing, and masks where there are any. Checks use validation items; test items are looked at only where you name them."
    >
      <Stack gap="sm">
        <Group gap="md" align="flex-end">
          <SegmentedControl
            size="xs"
            aria-label="Items"
            value={choice}
            onChange={(value) => setChoice(value as HeatmapItemChoice)}
            data={[
              { value: "CONFIDENT_RIGHT", label: "surest right" },
              { value: "CONFIDENT_WRONG", label: "surest wrong" },
              { value: "NAMED", label: "by name" },
            ]}
          />
          {!named && <NumberInput label="Items" size="xs" w={80} min={1} max={16} value={count} onChange={setCount} />}
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
          <Button
            size="sm"
            onClick={start}
            loading={asking.loading}
            disabled={chosen.length === 0 || (named && itemIds.length === 0)}
          >
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
