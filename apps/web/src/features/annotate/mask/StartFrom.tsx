"use client";
import { Button, Group, Text } from "@mantine/core";
import { score } from "@/lib/format";
import { type Combination, combine, dice } from "./combine.ts";
import type { ReaderMask } from "./useReadersMasks.ts";

interface Props {
  readonly masks: readonly ReaderMask[];
  /** As one step, which can be undone. */
  readonly onStart: (indices: Uint8Array) => void;
}

const combinationName: Record<Combination, string> = {
  union: "Union",
  intersection: "Intersection",
  majority: "Majority",
};

/** Choose one reader's mask, or combine them; then draw on. */
export function StartFrom({ masks, onStart }: Props) {
  if (masks.length === 0) return null;
  const all = masks.map(({ indices }) => indices);
  const ways: Combination[] = masks.length < 2 ? [] : masks.length === 2 ? ["union", "intersection"] : ["union", "intersection", "majority"]; // biome-ignore format: one line
  const alike = masks.length === 2 ? dice(all[0]!, all[1]!) : null;
  return (
    <div>
      <Text size="xs" mb={4}>
        Take one, or combine{alike === null ? "" : ` (Dice ${score(alike)})`}
      </Text>
      <Group gap={4}>
        {masks.map(({ opinion, indices }) => (
          <Button key={opinion.id} size="compact-sm" variant="default" onClick={() => onStart(indices)}>
            Take {opinion.reader}’s
          </Button>
        ))}
        {ways.map((how) => (
          <Button key={how} size="compact-sm" variant="default" onClick={() => onStart(combine(all, how))}>
            {combinationName[how]}
          </Button>
        ))}
      </Group>
    </div>
  );
}
