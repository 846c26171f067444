"use client";
import { Group, NumberInput } from "@mantine/core";

export interface WindowDraft {
  readonly low: number | string;
  readonly high: number | string;
}

interface Props {
  readonly value: WindowDraft;
  readonly onChange: (value: WindowDraft) => void;
  readonly disabled: boolean;
}

/** The window as the api takes it; null: none is asked for; "wrong": the two ends are no window. */
export function windowOf({ low, high }: WindowDraft): { low: number; high: number } | null | "wrong" {
  if (low === "" && high === "") return null;
  const window = { low: Number(low), high: Number(high) };
  return low !== "" && high !== "" && window.low < window.high ? window : "wrong";
}

/** Two intensities, or nothing. */
export function WindowFields({ value, onChange, disabled }: Props) {
  const error = windowOf(value) === "wrong" ? "Both, black below white" : null;
  return (
    <Group gap="sm" grow align="flex-start">
      <NumberInput
        label="Black"
        description="Intensity, such as -160 HU; empty: percentile 0.5 of each volume"
        value={value.low}
        onChange={(low) => onChange({ ...value, low })}
        disabled={disabled}
        error={error}
      />
      <NumberInput
        label="White"
        description="Intensity, such as 240 HU; empty: percentile 99.5 of each volume"
        value={value.high}
        onChange={(high) => onChange({ ...value, high })}
        disabled={disabled}
        error={error}
      />
    </Group>
  );
}
