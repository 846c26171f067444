"use client";
import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface Props {
  readonly frame: { readonly label?: ReactNode; readonly description?: ReactNode; readonly error?: ReactNode };
  readonly value: unknown;
  readonly onChange: (counts: readonly (number | null)[]) => void;
}

/** "2, 2, 2, 2": whole numbers in a row. The text stays as it is typed; what is no number is null, for the api to refuse. */
export function CountsInput({ frame, value, onChange }: Props) {
  const [text, setText] = useState(Array.isArray(value) ? value.join(", ") : "");
  return (
    <TextInput
      {...frame}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const parts = next.split(/[\s,]+/).filter(Boolean);
        onChange(parts.map((part) => (/^\d+$/.test(part) ? Number(part) : null)));
      }}
    />
  );
}
