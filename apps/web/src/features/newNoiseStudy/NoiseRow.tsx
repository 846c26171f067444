"use client";
import { ActionIcon, Group, NativeSelect, NumberInput, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { MatrixFields } from "../labels/MatrixFields.tsx";
import type { Version } from "../labels/model.ts";
import {
  type DraftNoise,
  hasItems,
  levelLabel,
  levelUnit,
  mayRepeat,
  type NoiseTarget,
  newNoise,
  parseLevels,
  readerOf,
  withMatrix,
} from "./draft.ts";

interface Props {
  readonly noise: DraftNoise;
  readonly place: number;
  readonly offered: readonly { readonly value: string; readonly label: string }[];
  readonly target: NoiseTarget;
  readonly versions: readonly Pick<Version, "id" | "number" | "rule">[];
  readonly onChange: (noise: DraftNoise) => void;
  readonly onRemove: (() => void) | undefined;
}

/** One kind of noise: what it is made of, and the levels that are learnt from and scored on. */
export function NoiseRow({ noise, place, offered, target, versions, onChange, onRemove }: Props) {
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
            const alike = levelUnit(next) === levelUnit(kind) && !mayRepeat(next) && !mayRepeat(kind);
            onChange(alike ? { ...noise, kind: next } : newNoise(noise.key, next));
          }}
          style={{ flex: "1 1 220px" }}
        />
        {kind === "secondReader" && (
          <NativeSelect
            label="Second reader"
            value={readerOf(noise, target)}
            data={[...target.readers]}
            onChange={(event) => onChange({ ...noise, reader: event.currentTarget.value })}
            style={{ flex: "1 1 140px" }}
          />
        )}
        {levels("Learnt from", "training", "Levels besides none")}
        {levels("Scored on", "evaluation", "Levels besides none")}
        {hasItems(kind, target.schema) && (
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
      {kind === "asymmetric" && (
        <div style={{ marginTop: "var(--mantine-spacing-sm)" }}>
          <MatrixFields
            draft={noise.matrix}
            schema={target.schema}
            versions={versions}
            onChange={(matrix) => onChange(withMatrix(noise, matrix))}
          />
          <Text size="sm" c="dimmed" mt={4}>
            A level of 20 % makes every flip with a fifth of the chance above.
          </Text>
        </div>
      )}
    </section>
  );
}
