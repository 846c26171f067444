"use client";
import { NumberInput } from "@mantine/core";

interface Props {
  readonly label: string;
  /** 0 to 1. */
  readonly chance: number;
  readonly isWrong: boolean;
  readonly onChange: (chance: number) => void;
}

/** A chance in percent; what is shown is rounded, what is kept is not. */
export function ChanceInput({ label, chance, isWrong, onChange }: Props) {
  const shown = Number((chance * 100).toFixed(2));
  return (
    <NumberInput
      size="xs"
      hideControls
      maw={96}
      ml="auto"
      aria-label={label}
      error={isWrong}
      min={0}
      max={100}
      decimalScale={2}
      value={shown}
      onChange={(value) => Number(value) !== shown && onChange(Math.min(1, Math.max(0, Number(value) / 100)))}
      styles={{ input: { textAlign: "right", minWidth: 64 } }}
    />
  );
}
