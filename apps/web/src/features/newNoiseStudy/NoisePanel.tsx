"use client";
import { Button, NumberInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Panel } from "@/ui/Panel";
import type { Version } from "../labels/model.ts";
import { type DraftNoise, mayRepeat, type NoiseTarget, newNoise, offeredNoises } from "./draft.ts";
import { NoiseRow } from "./NoiseRow.tsx";

interface Props {
  readonly noises: readonly DraftNoise[];
  readonly target: NoiseTarget;
  /** Of the target's schema, newest first. */
  readonly versions: readonly Pick<Version, "id" | "number" | "rule">[];
  readonly seed: number;
  readonly onChange: (noises: readonly DraftNoise[]) => void;
  readonly onSeed: (seed: number) => void;
}

/** Kinds of noise, each with the levels that are learnt from and scored on. */
export function NoisePanel({ noises, target, versions, seed, onChange, onSeed }: Props) {
  const offered = offeredNoises(target);
  const free =
    offered.find(({ value }) => !noises.some(({ kind }) => kind === value)) ??
    offered.find(({ value }) => mayRepeat(value));
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
          {...{ noise, place, offered, target, versions }}
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
