"use client";
import { Table } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import type { ArmLooks } from "@/lib/arms";
import { WideTable } from "@/ui/WideTable";
import { areaText, type Board, breakdownText, differenceText, type Noise, signedPlace } from "./model.ts";

const nowrap = { whiteSpace: "nowrap" } as const;

/** Area and breakdown point of every method, with intervals, and what they differ by from the reference's. */
interface Props {
  readonly board: Board;
  readonly noise: Noise;
  readonly looks: ArmLooks;
}

export function SummaryTable({ board, noise, looks }: Props) {
  const reference = board.methods[0];
  return (
    <WideTable label={`Area and breakdown point under ${noise.name}`} miw={720} verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Method</Table.Th>
          <Table.Th>Mean {board.metric.label} over the range</Table.Th>
          <Table.Th>against {reference}</Table.Th>
          <Table.Th>Breakdown point</Table.Th>
          <Table.Th>against {reference}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {noise.curves.map((curve) => (
          <Table.Tr key={curve.method}>
            <Table.Td>
              <ArmName name={curve.method} look={looks(curve.method)} />
            </Table.Td>
            <Table.Td style={nowrap}>{areaText(curve)}</Table.Td>
            <Table.Td title={curve.areaDifference?.reason}>{differenceText(curve.areaDifference)}</Table.Td>
            <Table.Td>{breakdownText(noise, curve)}</Table.Td>
            <Table.Td title={curve.breakdownDifference?.reason}>
              {differenceText(curve.breakdownDifference, (value) => signedPlace(noise, value))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
