"use client";
import { Button, Group, NativeSelect, Table, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { tint } from "@/features/labels/tint";
import { count, percent } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { type Question, type Schema, valueNames } from "./model.ts";

interface Props {
  readonly questions: readonly Question[];
  readonly schema: Schema;
  /** "class-given-suggested" of the cell whose labels are shown; class is empty of exclusive classes. */
  readonly pair: string;
  readonly onPair: (pair: string) => void;
}

/** The estimated joint of given and true classes as a heat map; a cell chooses the labels of the gallery. */
export function JointPanel({ questions, schema, pair, onPair }: Props) {
  const [at, setAt] = useState(0);
  const question = questions[at] ?? questions[0]!;
  const names = valueNames(schema, question.classIndex);
  const keyOf = (given: number, suggested: number) => `${question.classIndex ?? ""}-${given}-${suggested}`;
  return (
    <Panel
      title="Given against true class, estimated"
      note="Confident joint: items whose out-of-fold probability reaches the mean of its class, scaled to all items given the class. Choose a cell to see its labels below."
      actions={
        pair && (
          <Button size="compact-sm" variant="default" onClick={() => onPair("")}>
            All labels
          </Button>
        )
      }
    >
      {questions.length > 1 && (
        <Group mb="sm">
          <NativeSelect
            label="Class"
            size="xs"
            value={String(at)}
            data={questions.map(({ classIndex }, place) => ({
              value: String(place),
              label: schema.classes[classIndex ?? 0] ?? "",
            }))}
            onChange={(event) => setAt(Number(event.currentTarget.value))}
          />
        </Group>
      )}
      <WideTable label="Estimated joint of given and true class" miw={160 + 92 * names.length}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Given ↓, true →</Table.Th>
            {names.map((name) => (
              <Table.Th key={name} className="number named">
                {name}
              </Table.Th>
            ))}
            <Table.Th className="number">Given</Table.Th>
            <Table.Th className="number">Threshold</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {question.joint.map((row, given) => {
            const all = row.reduce((sum, each) => sum + each, 0);
            return (
              <Table.Tr key={names[given]}>
                <Table.Th scope="row" className="named">
                  {names[given]}
                </Table.Th>
                {row.map((share, truth) => (
                  <Table.Td
                    key={names[truth]}
                    className="number"
                    style={{ background: tint(all === 0 ? 0 : share / all, given === truth) }}
                  >
                    <Cell
                      text={(share * question.items).toFixed(1)}
                      counted={question.confidentJoint[given]?.[truth] ?? 0}
                      label={`given ${names[given]}, suggested ${names[truth]}`}
                      chosen={pair === keyOf(given, truth)}
                      onChoose={() => onPair(pair === keyOf(given, truth) ? "" : keyOf(given, truth))}
                    />
                  </Table.Td>
                ))}
                <Table.Td className="number">{count(question.given[given] ?? 0)}</Table.Td>
                <Table.Td className="number">{percent(question.thresholds[given], 0)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </WideTable>
      <Text size="xs" c="dimmed" pt={6}>
        Large: items estimated. Small: items counted. About {question.estimatedErrors.toFixed(1)} of{" "}
        {count(question.items)} are off the diagonal.
      </Text>
    </Panel>
  );
}

interface CellProps {
  readonly text: string;
  readonly counted: number;
  readonly label: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Cell({ text, counted, label, chosen, onChoose }: CellProps) {
  return (
    <UnstyledButton
      onClick={onChoose}
      aria-pressed={chosen}
      style={{
        width: "100%",
        textAlign: "right",
        fontSize: "inherit",
        outline: chosen ? "2px solid var(--ink)" : undefined,
      }}
    >
      {text}
      <Text size="xs" component="span" display="block">
        {count(counted)}
      </Text>
      <VisuallyHidden>, {label}</VisuallyHidden>
    </UnstyledButton>
  );
}
