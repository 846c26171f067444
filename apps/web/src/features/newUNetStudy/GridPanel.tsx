"use client";
import { Checkbox, Group, List, SimpleGrid, Text } from "@mantine/core";
import { lossFields } from "../newExperiment/lossFields.ts";
import { type Choices, depthsOf, skipsOf, toggled } from "./choices.ts";

interface Props {
  readonly choices: Choices;
  /** Input side, pixels. */
  readonly size: unknown;
  /** What the grid leaves out. */
  readonly notes: readonly string[];
  readonly onChange: (choices: Choices) => void;
}

const losses = lossFields.flatMap((field) =>
  field.path === "loss.name" && field.task === "segmentation" && field.kind === "choice" ? field.options : [],
);

export function GridPanel({ choices, size, notes, onChange }: Props) {
  const depths = depthsOf(size);
  const skips = skipsOf(choices.depths);
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="lg">
        <Ticks
          legend="Depths"
          options={depths.map(({ depth, label, fits }) => ({ key: String(depth), label, disabled: !fits }))}
          ticked={choices.depths.map(String)}
          onTick={(key) => {
            const all = depths.map(({ depth }) => depth);
            onChange({ ...choices, depths: toggled(choices.depths, Number(key), all) });
          }}
        />
        <Ticks
          legend="Skip connections"
          options={skips.map(({ level, label }) => ({ key: level, label }))}
          ticked={choices.skips}
          onTick={(key) => {
            const all = skips.map(({ level }) => level);
            onChange({ ...choices, skips: toggled(choices.skips, key, all) });
          }}
        />
        <Ticks
          legend="Losses"
          options={losses.map(({ value, label }) => ({ key: value, label }))}
          ticked={choices.losses}
          onTick={(key) => {
            const all = losses.map(({ value }) => value);
            onChange({ ...choices, losses: toggled(choices.losses, key, all) });
          }}
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="sm">
        Another depth is also another number of weights and another receptive field; both stand beside every answer.
      </Text>
      {notes.length > 0 && (
        <List size="sm" c="dimmed" mt="xs" aria-label="Left out of the grid">
          {notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </>
  );
}

interface TicksProps {
  readonly legend: string;
  readonly options: readonly { readonly key: string; readonly label: string; readonly disabled?: boolean }[];
  readonly ticked: readonly string[];
  readonly onTick: (key: string) => void;
}

function Ticks({ legend, options, ticked, onTick }: TicksProps) {
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" fw={600} mb={6} p={0}>
        {legend}
      </Text>
      <Group gap={8} style={{ flexDirection: "column", alignItems: "flex-start" }}>
        {options.map(({ key, label, disabled = false }) => (
          <Checkbox
            key={key}
            size="xs"
            label={label}
            disabled={disabled}
            checked={ticked.includes(key)}
            onChange={() => onTick(key)}
          />
        ))}
      </Group>
    </fieldset>
  );
}
