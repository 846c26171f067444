"use client";
import { Button, Group, NumberInput } from "@mantine/core";
import { clampedWindow, isWhole, type Window, wholeWindow } from "./window.ts";

interface Props {
  readonly window: Window;
  readonly onWindow: (window: Window) => void;
}

/** Which values are black and which white, in numbers; dragging with the right button does the same. */
export function WindowFields({ window, onWindow }: Props) {
  const set = (change: Partial<Window>) => onWindow(clampedWindow({ ...window, ...change }));
  const number = (value: string | number, otherwise: number) => (typeof value === "number" ? value : otherwise);
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <NumberInput
        label="Level"
        size="xs"
        min={0}
        max={255}
        value={Math.round(window.level)}
        onChange={(value) => set({ level: number(value, window.level) })}
      />
      <NumberInput
        label="Window"
        size="xs"
        min={1}
        max={510}
        value={Math.round(window.width)}
        onChange={(value) => set({ width: number(value, window.width) })}
      />
      <Button
        size="xs"
        variant="default"
        disabled={isWhole(window)}
        onClick={() => onWindow(wholeWindow)}
        style={{ flex: "none" }}
      >
        Reset
      </Button>
    </Group>
  );
}
