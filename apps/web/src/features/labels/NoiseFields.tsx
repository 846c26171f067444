"use client";
import { Group, NativeSelect, NumberInput, Text } from "@mantine/core";
import { percent } from "@/lib/format";
import { MatrixFields } from "./MatrixFields.tsx";
import type { Schema, Version } from "./model.ts";
import { noiseModels, type RuleForm, rateOf } from "./ruleForm.ts";

interface Props {
  readonly form: RuleForm;
  readonly schema: Schema;
  /** Of the schema, newest first. */
  readonly versions: readonly Version[];
  readonly set: (change: Partial<RuleForm>) => void;
}

/** The noise model and what it takes; of symmetric noise also what its rate comes to. */
export function NoiseFields({ form, schema, versions, set }: Props) {
  const model = form.model || noiseModels(schema)[0]!.value;
  const rate = rateOf(form, schema);
  const masks = schema.task === "SEGMENTATION";
  const number = (label: string, field: "rate" | "pixels" | "chance" | "count" | "seed", min: number, max: number) => (
    <NumberInput
      label={label}
      min={min}
      max={max}
      value={field === "rate" ? rate : form[field]}
      onChange={(value) => set({ [field]: Number(value) })}
    />
  );
  const classes = schema.exclusive ? schema.classes.length : 2;
  return (
    <>
      <NativeSelect
        label="Noise"
        value={model}
        data={noiseModels(schema)}
        onChange={(event) => set({ model: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        {number(shareLabel(model, masks), "rate", 0, 100)}
        {["boundaryShift", "dilation", "erosion"].includes(model) && number("By, pixels", "pixels", 0.5, 200)}
        {model === "polygon" && number("Within, pixels", "pixels", 0, 200)}
        {model === "droppedRegions" && number("Dropped, %", "chance", 0, 100)}
        {model === "spuriousBlobs" && number("Blobs per item", "count", 1, 50)}
        {model === "spuriousBlobs" && number("Least radius, px", "pixels", 0.5, 100)}
        {number("Seed", "seed", 0, 2 ** 31 - 1)}
      </Group>
      {model === "asymmetric" && (
        <>
          <MatrixFields
            draft={form.matrix}
            schema={schema}
            versions={versions}
            onChange={(matrix) => set({ matrix })}
          />
          <Text size="sm" c="dimmed">
            Every flip happens with {rate} % of the chance above.
          </Text>
        </>
      )}
      {model === "symmetric" && (
        <Text size="sm" c="dimmed">
          {rate} % drawn anew over {classes} classes changes {percent(((rate / 100) * (classes - 1)) / classes)} of the
          labels: some come out as they were.
        </Text>
      )}
    </>
  );
}

const shareLabel = (model: string, masks: boolean) =>
  masks || model === "secondReader" ? "Items, %" : model === "asymmetric" ? "Of the matrix, %" : "Drawn anew, %";
