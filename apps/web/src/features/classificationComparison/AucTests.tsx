"use client";
import { NativeSelect, Table } from "@mantine/core";
import { count, score } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { type AucTest, aucTestText } from "./model.ts";

interface Props {
  readonly tests: readonly AucTest[];
  /** That both arms have. */
  readonly seeds: readonly number[];
  readonly onSeed: (seed: number) => void;
}

/** DeLong's test of the two runs of one seed: of these runs, never of the arms. */
export function AucTests({ tests, seeds, onSeed }: Props) {
  return (
    <Panel
      title="One pair of runs: AUC by DeLong’s test"
      note="These runs only: another draw of items, not another training. It is no verdict on the arms."
      actions={
        seeds.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Seed"
            value={String(tests[0]?.seed ?? seeds[0])}
            data={seeds.map((seed) => ({ value: String(seed), label: `seed ${seed}` }))}
            onChange={(event) => onSeed(Number(event.currentTarget.value))}
          />
        )
      }
    >
      {tests.length === 0 ? (
        <Empty title="No test">It needs a seed that both arms have, and two items with and without a class.</Empty>
      ) : (
        <WideTable label="AUC of one pair of runs" miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Class</Table.Th>
              <Table.Th className="number">Present, absent</Table.Th>
              <Table.Th className="number">A</Table.Th>
              <Table.Th className="number">B</Table.Th>
              <Table.Th className="number">B − A</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tests.map((test) => (
              <Table.Tr key={test.className}>
                <Table.Td>{test.className}</Table.Td>
                <Table.Td className="number">
                  {count(test.positives)}, {count(test.negatives)}
                </Table.Td>
                <Table.Td className="number">{score(test.a)}</Table.Td>
                <Table.Td className="number">{score(test.b)}</Table.Td>
                <Table.Td className="number">{aucTestText(test)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </Panel>
  );
}
