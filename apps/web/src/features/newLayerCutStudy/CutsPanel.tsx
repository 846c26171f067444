"use client";
import { Button, Checkbox, Chip, Group, Input, Text } from "@mantine/core";
import { Panel } from "@/ui/Panel";
import { toggled } from "../newTransferStudy/draft.ts";
import { possibleCuts, usualCuts } from "./draft.ts";

interface Props {
  /** Of the model, in order; null: not known yet. */
  readonly blocks: readonly string[] | null;
  readonly cuts: readonly number[];
  readonly onCuts: (cuts: readonly number[]) => void;
  readonly statistics: boolean;
  readonly onStatistics: (statistics: boolean) => void;
}

/** After which blocks the transfer is cut; both ends of the curve are always there. */
export function CutsPanel({ blocks, cuts, onCuts, statistics, onStatistics }: Props) {
  return (
    <Panel
      title="5 · Where to cut"
      note="Of each cut the first k blocks are transferred, and the rest starts at random. Random weights and the whole encoder are arms anyway: the ends of the curve."
    >
      {blocks === null ? (
        <Text size="sm" c="dimmed">
          The blocks are known once the model is right.
        </Text>
      ) : blocks.length < 2 ? (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          This model has no two blocks to cut between; choose another model.
        </Text>
      ) : (
        <fieldset aria-label="Blocks that are transferred" style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          <Group gap="xs">
            {possibleCuts(blocks.length).map((k) => (
              <Chip key={k} size="sm" checked={cuts.includes(k)} onChange={() => onCuts(toggled(cuts, k))}>
                {k} · to {blocks[k - 1]}
              </Chip>
            ))}
          </Group>
          <Group gap="xs" mt="xs">
            <Button variant="subtle" size="compact-xs" onClick={() => onCuts(possibleCuts(blocks.length))}>
              Every block
            </Button>
            <Button variant="subtle" size="compact-xs" onClick={() => onCuts(usualCuts(blocks.length))}>
              A few, evenly spread
            </Button>
          </Group>
          {cuts.length === 0 && <Input.Error mt="xs">Choose a block to cut after</Input.Error>}
        </fieldset>
      )}
      <Checkbox
        mt="md"
        label="An arm of the weight statistics alone"
        description="Each tensor is drawn anew with the mean and variance of the source’s: is it the features, or their scale?"
        checked={statistics}
        onChange={(event) => onStatistics(event.currentTarget.checked)}
      />
    </Panel>
  );
}
