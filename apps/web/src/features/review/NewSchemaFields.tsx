"use client";
import { NativeSelect, Stack, Textarea } from "@mantine/core";
import type { CreateLabelSchemaInput } from "@/gql/graphql";

export interface SchemaFields {
  readonly kind: "one" | "several" | "masks";
  /** One per line. */
  readonly classes: string;
}

export const emptySchema: SchemaFields = { kind: "one", classes: "" };

export const schemaInput = (datasetId: string, { kind, classes }: SchemaFields): CreateLabelSchemaInput => ({
  datasetId,
  task: kind === "masks" ? "SEGMENTATION" : "CLASSIFICATION",
  classes: classes
    .split("\n")
    .map((name) => name.trim())
    .filter((name) => name !== ""),
  exclusive: kind === "masks" ? null : kind === "one",
});

interface Props {
  readonly fields: SchemaFields;
  readonly onChange: (fields: SchemaFields) => void;
}

/** What labels are to speak of, where there are none yet. */
export function NewSchemaFields({ fields, onChange }: Props) {
  return (
    <Stack gap="sm">
      <NativeSelect
        label="Kind of label"
        value={fields.kind}
        data={[
          { value: "one", label: "one class per item" },
          { value: "several", label: "any number of classes per item" },
          { value: "masks", label: "masks" },
        ]}
        onChange={(event) => onChange({ ...fields, kind: event.currentTarget.value as SchemaFields["kind"] })}
      />
      <Textarea
        label="Classes"
        description="One per line, in the order of their keys"
        autosize
        minRows={3}
        value={fields.classes}
        onChange={(event) => onChange({ ...fields, classes: event.currentTarget.value })}
      />
    </Stack>
  );
}
