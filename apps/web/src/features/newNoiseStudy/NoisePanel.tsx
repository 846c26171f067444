"use client";
import { ActionIcon, Button, Group, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Panel } from "@/ui/Panel";
import type { Schema } from "../labels/model.ts";
import { type DraftNoise, levelLabel, levelUnit, newNoise, offeredNoises, parseLevels } from "./draft.ts";

interface Props {
  readonly noises: readonly DraftNoise[];
  readonly schema: Pick<Schema, "task">;
  readonly seed: number;
  readonly onChange: (noises: readonly DraftNoise[]) => void;
  readonly onSeed: (seed: number) => void;
}

/** Kinds of noise, each with the levels that are learnt from and scored on. */
export function NoisePanel({ noises, schema, seed, onChange, onSeed }: Props) {
  const offered = offeredNoises(schema);
  const free = offered.find(({ value }) => !noises.some(({ kind }) => kind === value));
  const nextKey = Math.max(0, ...noises.map(({ key }) => key)) + 1;
  const replace = (next: DraftNoise) => onChange(noises.map((each) => (each.key === next.key ? next : each)));
  return (
    <Panel
      title="3 · Noise"
      note="No noise is always learnt from and scored on. Validation has the noise of training; every run is scored on the labels without noise first."
      actions={
        free && (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => onChange([...noises, newNoise(nextKey, free.value)])}
          >
            Add a kind of noise
          </Button>
        )
      }
    >
      {noises.map((noise, place) => (
        <NoiseRow
          key={noise.key}
          {...{ noise, place, offered }}
          masks={schema.task === "SEGMENTATION"}
          onChange={replace}
          onRemove={noises.length > 1 ? () => onChange(noises.filter(({ key }) => key !== noise.key)) : undefined}
        />
      ))}
      <NumberInput
        mt="sm"
        w={260}
        label="Seed of the noise"
        description="One corrupted set per level for all methods and seeds; higher levels corrupt what lower ones do, and more."
        min={0}
        max={2 ** 31 - 1}
        allowDecimal={false}
        value={seed}
        onChange={(value) => onSeed(Number(value))}
      />
    </Panel>
  );
}

interface RowProps {
  readonly noise: DraftNoise;
  readonly place: number;
  readonly offered: readonly { readonly value: string; readonly label: string }[];
  readonly masks: boolean;
  readonly onChange: (noise: DraftNoise) => void;
  readonly onRemove: (() => void) | undefined;
}

function NoiseRow({ noise, place, offered, masks, onChange, onRemove }: RowProps) {
  const { kind } = noise;
  const unit = levelLabel[levelUnit(kind)];
  const levels = (label: string, field: "training" | "evaluation", hint: string) => (
    <TextInput
      label={`${label}, ${unit}`}
      description={hint}
      value={noise[field]}
      error={parseLevels(noise[field], kind) === null ? "Write numbers, for example 20, 40" : undefined}
      onChange={(event) => onChange({ ...noise, [field]: event.currentTarget.value })}
      style={{ flex: "1 1 180px" }}
    />
  );
  return (
    <section className="arm-editor" aria-label={`Noise ${place + 1}`}>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={`Noise ${place + 1}`}
          value={kind}
          data={[...offered]}
          onChange={(event) => {
            const next = event.currentTarget.value;
            onChange(levelUnit(next) === levelUnit(kind) ? { ...noise, kind: next } : newNoise(noise.key, next));
          }}
          style={{ flex: "1 1 220px" }}
        />
        {levels("Learnt from", "training", "Levels besides none")}
        {levels("Scored on", "evaluation", "Levels besides none")}
        {masks && (
          <NumberInput
            label="Items, %"
            description="Corrupted"
            min={1}
            max={100}
            value={noise.items}
            onChange={(value) => onChange({ ...noise, items: Number(value) })}
            w={100}
          />
        )}
        {kind === "spuriousBlobs" && (
          <NumberInput
            label="Least radius, px"
            description="The largest is twice it"
            min={0.5}
            max={100}
            value={noise.radius}
            onChange={(value) => onChange({ ...noise, radius: Number(value) })}
            w={130}
          />
        )}
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            onClick={onRemove}
            aria-label={`Remove noise ${place + 1}`}
          >
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        )}
      </Group>
    </section>
  );
}
