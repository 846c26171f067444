"use client";
import { Table, Text } from "@mantine/core";
import { count, percent } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { ChanceInput } from "./ChanceInput.tsx";
import { isOver, type Matrix } from "./noiseMatrix.ts";

interface Props {
  readonly matrix: Matrix;
  /** Items behind each chance, where it was measured. */
  readonly counts: Matrix | null;
  readonly names: readonly string[];
  readonly onEdit: (truth: number, label: number, chance: number) => void;
}

/** Exclusive classes: true class down, label across, in percent. What stays is what the flips leave. */
export function ChanceGrid({ matrix, counts, names, onEdit }: Props) {
  return (
    <WideTable label="Chances of each label, in percent" mt="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>True ↓, label →, %</Table.Th>
          {names.map((name) => (
            <Table.Th key={name} className="number named">
              {name}
            </Table.Th>
          ))}
          {counts && <Table.Th className="number">Items</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {matrix.map((row, truth) => (
          <Table.Tr key={names[truth]}>
            <Table.Th scope="row" className="named">
              {names[truth]}
            </Table.Th>
            {row.map((chance, label) => (
              <Table.Td key={names[label]} className="number">
                {truth === label ? (
                  <Text span size="sm" c={isOver(row) ? "var(--mantine-color-error)" : undefined}>
                    {isOver(row) ? "over 100 %" : percent(chance)}
                  </Text>
                ) : (
                  <ChanceInput
                    label={`${names[truth]} becomes ${names[label]}, percent`}
                    chance={chance}
                    isWrong={isOver(row)}
                    onChange={(next) => onEdit(truth, label, next)}
                  />
                )}
                {counts && (
                  <Text size="xs" c="dimmed">
                    {count(counts[truth]![label]!)}
                  </Text>
                )}
              </Table.Td>
            ))}
            {counts && (
              <Table.Td className="number">{count(counts[truth]!.reduce((sum, each) => sum + each, 0))}</Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
