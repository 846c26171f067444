"use client";
import { Chip, Group, NumberInput, SimpleGrid, Text } from "@mantine/core";
import { compact, count, plural } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import type { Configuration } from "../newExperiment/draft.ts";
import { budgetOf, fractionText, offeredFractions, partSize, passesOf, toggled } from "./draft.ts";

interface Props {
  readonly base: Configuration;
  readonly fractions: readonly number[];
  readonly trainItems: number;
  /** As many where each item is its own. */
  readonly trainSubjects: number;
  readonly problemOf: (field: string) => string | undefined;
  readonly onFractions: (fractions: readonly number[]) => void;
  readonly onSteps: (steps: number | null) => void;
  readonly onEpochs: (epochs: number | null) => void;
}

/** Shares of the training items, and the updates that every run gets whatever its share. */
export function BudgetPanel(props: Props) {
  const { base, fractions, trainItems, trainSubjects, problemOf, onFractions, onSteps, onEpochs } = props;
  const bySubject = trainSubjects < trainItems;
  const budget = budgetOf(base);
  const partText = (fraction: number) =>
    bySubject ? plural(partSize(trainSubjects, fraction), "subject") : plural(partSize(trainItems, fraction), "item");
  return (
    <Panel
      title="4 · Shares of the data, and the budget"
      note="Nested parts of the training fold, the same for every arm of a seed. The budget is the same at every share."
    >
      <fieldset
        aria-label={`Shares of the training ${bySubject ? "subjects" : "items"}`}
        style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}
      >
        <Group gap="xs">
          {offeredFractions.map((fraction) => (
            <Chip
              key={fraction}
              size="sm"
              checked={fractions.includes(fraction)}
              onChange={() => onFractions(toggled(fractions, fraction))}
            >
              {fractionText(fraction)} · {partText(fraction)}
            </Chip>
          ))}
        </Group>
      </fieldset>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" mt="md">
        <Whole
          label="Steps per epoch"
          description="Updates of the weights between two validations. The items are passed again and again, each time in a new order."
          value={base.stepsPerEpoch}
          error={problemOf("stepsPerEpoch")}
          onChange={onSteps}
        />
        <Whole
          label="Epochs"
          description="Validations in a run: the learning curve has as many points."
          value={base.epochs}
          error={problemOf("epochs")}
          onChange={onEpochs}
        />
      </SimpleGrid>
      {budget !== null && (
        <Text size="sm" mt="sm">
          <b>{count(budget)} updates</b> in every run.{" "}
          {trainItems > 0 && fractions.length > 0 && (
            <Text span size="sm" c="dimmed">
              Each item is seen {bySubject && "about "}
              {fractions
                .map(
                  (fraction) =>
                    `${compact(round(passesOf(base, trainItems, fraction)))} times at ${fractionText(fraction)}`,
                )
                .join(", ")}
              .
            </Text>
          )}
        </Text>
      )}
    </Panel>
  );
}

const round = (passes: number | null) => (passes === null ? null : Number(passes.toPrecision(passes < 10 ? 2 : 3)));

interface WholeProps {
  readonly label: string;
  readonly description: string;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (value: number | null) => void;
}

function Whole({ label, description, value, error, onChange }: WholeProps) {
  return (
    <NumberInput
      label={label}
      description={description}
      value={typeof value === "number" ? value : ""}
      min={1}
      allowDecimal={false}
      error={error}
      onChange={(next) => onChange(next === "" ? null : Number(next))}
    />
  );
}
