"use client";
import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { ArmSign } from "@/features/curves/ArmKey";
import type { ArmLook } from "@/lib/arms";
import { modelOf } from "../startingWeights/fit.ts";
import { StartingWeightsFields } from "../startingWeights/StartingWeightsFields.tsx";
import type { Source } from "../startingWeights/sources.ts";
import type { StartingWeights } from "../startingWeights/startingWeights.ts";
import { problemText } from "./BaseFields.tsx";
import { armConfiguration, type Configuration, type DraftArm, isUsed, readPath, usedChanges } from "./draft.ts";
import { FieldInput } from "./FieldInput.tsx";
import { allFields } from "./fields.ts";
import type { ConfigurationProblem } from "./queries.ts";

interface Props {
  readonly arm: DraftArm;
  readonly place: number;
  readonly look: ArmLook;
  readonly base: Configuration;
  /** What its weights may start from. */
  readonly sources: readonly Source[];
  /** Of the label version. */
  readonly classes: number;
  readonly problems: readonly ConfigurationProblem[];
  /** Label versions that its runs may learn from, the usual one first; absent: there is no choice. */
  readonly versions?: readonly { readonly id: string; readonly number: number; readonly rule: string }[];
  readonly onChange: (arm: DraftArm) => void;
  readonly onRemove?: () => void;
}

/** Whether the arm goes between SGD and Adam's kind at one learning rate, which suits one of them at most. */
function keepsRate(changes: DraftArm["changes"], base: Configuration, full: Configuration): boolean {
  const isSgd = (configuration: Configuration) => readPath(configuration, "optimizer.name") === "sgd";
  return isSgd(base) !== isSgd(full) && changes.every(({ path }) => path !== "optimizer.learningRate");
}

/** One arm: its name, where its weights start, and what else it changes. */
export function ArmEditor({
  arm,
  place,
  look,
  base,
  sources,
  classes,
  problems,
  versions = [],
  onChange,
  onRemove,
}: Props) {
  const { weights } = arm;
  const full = armConfiguration(arm, base);
  const changes = usedChanges(arm, base);
  const free = allFields.filter(
    (field) => isUsed(field, full) && !changes.some((change) => change.path === field.path),
  );
  const setWeights = (next: StartingWeights) => onChange({ ...arm, weights: next });
  // What is wrong with a source stands beside it already.
  const own = problems.filter(
    ({ field }) => !changes.some(({ path }) => path === field) && !/^startingWeights\..*Id$/.test(field),
  );

  return (
    <section className="arm-editor" aria-label={`Arm ${place + 1}`} style={{ borderLeftColor: look.color }}>
      <Group gap="sm" align="flex-end" justify="space-between" wrap="nowrap" mb="xs">
        <TextInput
          label={
            <Group gap={6} component="span">
              <ArmSign look={look} /> Arm {place + 1}
            </Group>
          }
          aria-label={`Name of arm ${place + 1}`}
          required
          withAsterisk={false}
          maxLength={100}
          value={arm.name}
          placeholder={place === 0 ? "random" : "pretrained"}
          onChange={(event) => onChange({ ...arm, name: event.currentTarget.value })}
          style={{ flex: "0 1 320px" }}
        />
        {onRemove && (
          <ActionIcon variant="subtle" color="gray" size="lg" onClick={onRemove} aria-label={`Remove arm ${place + 1}`}>
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <StartingWeightsFields
        value={weights}
        onChange={setWeights}
        sources={sources}
        target={{ model: modelOf(full), classes }}
        of={`arm ${place + 1}`}
      />
      {versions.length > 1 && (
        <NativeSelect
          mt="xs"
          maw={420}
          label="Learns from"
          aria-label={`Label version that arm ${place + 1} learns from`}
          value={arm.labelVersionId ?? versions[0]!.id}
          data={versions.map(({ id, number, rule }) => ({ value: id, label: `label version ${number}: ${rule}` }))}
          onChange={(event) => onChange({ ...arm, labelVersionId: event.currentTarget.value })}
        />
      )}
      <Stack gap={8} mt={changes.length > 0 ? "sm" : 6}>
        {changes.map((change) => {
          const field = allFields.find((each) => each.path === change.path && isUsed(each, full));
          if (!field) return null;
          const problem = problems.find((each) => each.field === change.path);
          const set = (value: unknown) =>
            onChange({
              ...arm,
              changes: arm.changes.map((each) => (each.path === change.path ? { ...each, value } : each)),
            });
          return (
            <Group key={change.path} gap="sm" align="flex-start">
              <Text size="sm" w={130} pt={6}>
                {field.label}
              </Text>
              <div style={{ flex: "0 1 260px" }}>
                <FieldInput
                  bare
                  field={field}
                  value={change.value}
                  onChange={set}
                  problem={problem && problemText(problem)}
                />
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                mt={4}
                onClick={() => onChange({ ...arm, changes: arm.changes.filter((each) => each.path !== change.path) })}
                aria-label={`Do not change ${field.label}`}
              >
                <IconTrash size={15} aria-hidden />
              </ActionIcon>
            </Group>
          );
        })}
        {keepsRate(changes, base, full) && (
          <Text size="xs" c="dimmed">
            Learning rate as in the base, {String(readPath(full, "optimizer.learningRate"))}: SGD usually wants about
            ten times that of Adam.
          </Text>
        )}
        {own.map((problem) => (
          <Text key={problem.field} size="sm" c="var(--mantine-color-error)" role="alert">
            {problem.field}: {problemText(problem)}
          </Text>
        ))}
        <NativeSelect
          size="xs"
          w={230}
          aria-label={`Change another option in arm ${place + 1}`}
          leftSection={<IconPlus size={13} aria-hidden />}
          value=""
          data={[
            { value: "", label: "change another option…" },
            ...free.map((field) => ({ value: field.path, label: field.label })),
          ]}
          onChange={(event) => {
            const path = event.currentTarget.value;
            if (path) onChange({ ...arm, changes: [...changes, { path, value: readPath(full, path) }] });
          }}
        />
      </Stack>
    </section>
  );
}

export function AddArm({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <Button variant="default" size="compact-md" leftSection={<IconPlus size={15} aria-hidden />} onClick={onAdd}>
      Add an arm
    </Button>
  );
}
