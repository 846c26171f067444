"use client";
import { NativeSelect } from "@mantine/core";
import type { ClassFilter, ClassState } from "@/gql/graphql";

interface Schema {
  readonly classes: readonly string[];
  readonly exclusive?: boolean | null;
}

interface Props {
  readonly schema: Schema;
  /** "" for all, else "INDEX STATE". */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const states: readonly [ClassState, (name: string) => string][] = [
  ["PRESENT", (name) => name],
  ["ABSENT", (name) => `no ${name}`],
  ["UNKNOWN", (name) => `${name} not known`],
];

/** Which items to show, by class. */
export function ClassSelect({ schema, value, onChange }: Props) {
  const offered = schema.exclusive ? states.slice(0, 1) : states;
  return (
    <NativeSelect
      size="xs"
      aria-label="Class"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: "all classes" },
        ...offered.flatMap(([state, text]) =>
          schema.classes.map((name, index) => ({ value: `${index} ${state}`, label: text(name) })),
        ),
      ]}
    />
  );
}

/** null: all. */
export function classFilter(value: string, labelVersionId: string, schema: Schema): ClassFilter | null {
  const [index, state] = value.split(" ");
  const known = states.find(([each]) => each === state);
  const classIndex = Number(index);
  return known && classIndex < schema.classes.length ? { labelVersionId, classIndex, state: known[0] } : null;
}
