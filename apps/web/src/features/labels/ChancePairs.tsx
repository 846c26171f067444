"use client";
import { Table, Text } from "@mantine/core";
import { count } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { ChanceInput } from "./ChanceInput.tsx";
import type { Matrix } from "./noiseMatrix.ts";

interface Props {
  /** Per class [absent, present][absent, present]. */
  readonly matrices: readonly Matrix[];
  readonly counts: readonly Matrix[] | null;
  readonly names: readonly string[];
  readonly onEdit: (question: number, truth: number, label: number, chance: number) => void;
}

/** Classes that do not exclude each other: how often each is missed, and how often it is invented, in percent. */
export function ChancePairs({ matrices, counts, names, onEdit }: Props) {
  const cell = (question: number, truth: number, label: number, what: string) => (
    <Table.Td className="number">
      <ChanceInput
        label={`${names[question]} ${what}, percent`}
        chance={matrices[question]![truth]![label]!}
        isWrong={false}
        onChange={(next) => onEdit(question, truth, label, next)}
      />
      {counts && (
        <Text size="xs" c="dimmed">
          {count(counts[question]![truth]![label]!)} of{" "}
          {count(counts[question]![truth]!.reduce((sum, each) => sum + each, 0))}
        </Text>
      )}
    </Table.Td>
  );
  return (
    <WideTable label="Chances of each class, in percent" mt="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Class</Table.Th>
          <Table.Th className="number">Present becomes absent, %</Table.Th>
          <Table.Th className="number">Absent becomes present, %</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {names.map((name, question) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" className="named">
              {name}
            </Table.Th>
            {cell(question, 1, 0, "present becomes absent")}
            {cell(question, 0, 1, "absent becomes present")}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
