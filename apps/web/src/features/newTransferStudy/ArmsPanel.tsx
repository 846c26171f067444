"use client";
import { ActionIcon, Button, Group, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { ArmSign } from "@/features/curves/ArmKey";
import { type ArmLook, armLook } from "@/lib/arms";
import { useScheme } from "@/lib/useScheme";
import { Panel } from "@/ui/Panel";
import { StartingWeightsFields } from "../startingWeights/StartingWeightsFields.tsx";
import { choicesOf, type Source, type Target } from "../startingWeights/sources.ts";
import { type Start, startingWeights } from "../startingWeights/startingWeights.ts";
import { type DraftArm, statisticsOf, suggestedName } from "./draft.ts";

interface Props {
  readonly arms: readonly DraftArm[];
  readonly sources: readonly Source[];
  readonly target: Target;
  readonly onChange: (arms: readonly DraftArm[]) => void;
}

/** Every arm but the reference starts from something. */
const offered: readonly Start[] = ["imported", "run", "statisticsOfImported", "statisticsOfRun"];

export function ArmsPanel({ arms, sources, target, onChange }: Props) {
  const scheme = useScheme();
  const nextKey = Math.max(...arms.map(({ key }) => key)) + 1;
  const [reference, ...others] = arms;
  const add = (weights: DraftArm["weights"]) => onChange([...arms, { key: nextKey, name: "", weights }]);
  const first = firstStart(arms, sources, target);
  if (!reference) return null;
  return (
    <Panel
      title="3 · Starting weights"
      note="Every arm has the same model, budget and items. The reference starts at random: differences are the other arm minus it."
      actions={
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => add(first)}
        >
          Add an arm
        </Button>
      }
    >
      <section
        className="arm-editor"
        aria-label="Reference arm"
        style={{ borderLeftColor: armLook(0, scheme).color, paddingBottom: 4 }}
      >
        <Group gap="sm" align="center">
          <Name arm={reference} look={armLook(0, scheme)} place={0} placeholder="random" onChange={replace} />
          <Text size="sm" c="dimmed" mt={22}>
            Random weights, drawn anew for every seed: the reference.
          </Text>
        </Group>
      </section>
      {others.map((arm, at) => {
        const place = at + 1;
        const drawn = statisticsOf(arm.weights);
        const isThere = drawn && arms.some(({ weights }) => JSON.stringify(weights) === JSON.stringify(drawn));
        return (
          <section
            key={arm.key}
            className="arm-editor"
            aria-label={`Arm ${place + 1}`}
            style={{ borderLeftColor: armLook(place, scheme).color }}
          >
            <Group gap="sm" align="flex-end" justify="space-between" wrap="nowrap" mb="xs">
              <Name
                arm={arm}
                look={armLook(place, scheme)}
                place={place}
                placeholder={suggestedName(arm.weights, sources)}
                onChange={replace}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                onClick={() => onChange(arms.filter(({ key }) => key !== arm.key))}
                aria-label={`Remove arm ${place + 1}`}
              >
                <IconTrash size={17} aria-hidden />
              </ActionIcon>
            </Group>
            <StartingWeightsFields
              value={arm.weights}
              onChange={(weights) => replace({ ...arm, weights })}
              sources={sources}
              target={target}
              of={`arm ${place + 1}`}
              offered={offered}
            />
            {drawn && !isThere && (
              <Button
                variant="subtle"
                size="compact-xs"
                mt={8}
                leftSection={<IconPlus size={13} aria-hidden />}
                onClick={() => add(drawn)}
              >
                Add an arm of their statistics: is it the features, or their scale?
              </Button>
            )}
          </section>
        );
      })}
    </Panel>
  );

  function replace(next: DraftArm) {
    onChange(arms.map((each) => (each.key === next.key ? next : each)));
  }
}

/** Weights that fit and that no arm starts from yet, imported ones first; else an empty choice. */
function firstStart(arms: readonly DraftArm[], sources: readonly Source[], target: Target): DraftArm["weights"] {
  const part = { part: "encoder" } as const;
  const taken = new Set(arms.map(({ weights }) => JSON.stringify(weights)));
  const free = (["imported", "run"] as const)
    .flatMap((kind) => choicesOf(sources, kind, target, part.part))
    .filter(({ why }) => why === null)
    .map(({ kind, id }) => startingWeights(kind, id, part))
    .find((weights) => !taken.has(JSON.stringify(weights)));
  return free ?? startingWeights(sources.some(({ kind }) => kind === "imported") ? "imported" : "run", "", part);
}

interface NameProps {
  readonly arm: DraftArm;
  readonly look: ArmLook;
  readonly place: number;
  readonly placeholder: string;
  readonly onChange: (arm: DraftArm) => void;
}

/** Left empty, the suggested name is taken. */
function Name({ arm, look, place, placeholder, onChange }: NameProps) {
  return (
    <TextInput
      label={
        <Group gap={6} component="span">
          <ArmSign look={look} /> {place === 0 ? "Reference" : `Arm ${place + 1}`}
        </Group>
      }
      aria-label={place === 0 ? "Name of the reference" : `Name of arm ${place + 1}`}
      maxLength={80}
      value={arm.name}
      placeholder={placeholder}
      onChange={(event) => onChange({ ...arm, name: event.currentTarget.value })}
      style={{ flex: "0 1 320px" }}
    />
  );
}
