"use client";
import { NativeSelect } from "@mantine/core";
import { classStates } from "./classFilter.ts";

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

/** Which items to show, by class. */
export function ClassSelect({ schema, value, onChange }: Props) {
  const offered = schema.exclusive ? classStates.slice(0, 1) : classStates;
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
