"use client";
import { Group, NumberInput, SegmentedControl, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Fold, HeatmapItemChoice } from "@/gql/graphql";
import { ItemsToName } from "./ItemsToName.tsx";

export interface GuardedInput {
  readonly choice: HeatmapItemChoice;
  readonly labelSteps: number;
  readonly count?: number;
  readonly itemIds?: string[];
  readonly classIndex?: number;
}

const predicted = "predicted";

/** What every form for maps under guard asks: items, class, and steps of the label-randomised model. */
export function useGuardedFields() {
  const [choice, setChoice] = useState<HeatmapItemChoice>("CONFIDENT_RIGHT");
  const [count, setCount] = useState<number | string>(6);
  const [fold, setFold] = useState<Fold>("VALIDATION");
  const [itemIds, setItemIds] = useState<string[]>([]);
  const [classIndex, setClassIndex] = useState(predicted);
  const [labelSteps, setLabelSteps] = useState<number | string>(300);
  const named = choice === "NAMED";
  const input: GuardedInput = {
    ...{ choice, labelSteps: Number(labelSteps) },
    ...(named ? { itemIds } : { count: Number(count) }),
    ...(classIndex === predicted ? {} : { classIndex: Number(classIndex) }),
  };
  const state = { choice, setChoice, count, setCount, fold, setFold, itemIds, setItemIds };
  const more = { classIndex, setClassIndex, labelSteps, setLabelSteps };
  return { input, ready: !named || itemIds.length > 0, fields: { ...state, ...more } };
}

interface Props {
  readonly runId: string;
  readonly classes: readonly string[];
  readonly fields: ReturnType<typeof useGuardedFields>["fields"];
  /** Further fields of the form, before the steps. */
  readonly children?: ReactNode;
}

export function GuardedFields({ runId, classes, fields, children }: Props) {
  const { choice, setChoice, count, setCount, fold, setFold, itemIds, setItemIds } = fields;
  const named = choice === "NAMED";
  return (
    <>
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
          value={fields.classIndex}
          onChange={(value) => fields.setClassIndex(value ?? predicted)}
          data={[
            { value: predicted, label: "the predicted one" },
            ...classes.map((name, index) => ({ value: String(index), label: name })),
          ]}
        />
        {children}
        <NumberInput
          label="Steps on permuted labels"
          size="xs"
          w={170}
          min={20}
          max={3000}
          step={100}
          value={fields.labelSteps}
          onChange={fields.setLabelSteps}
        />
      </Group>
      {named && <ItemsToName runId={runId} fold={fold} onFold={setFold} chosen={itemIds} onChosen={setItemIds} />}
    </>
  );
}
