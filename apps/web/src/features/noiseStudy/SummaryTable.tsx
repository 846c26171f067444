"use client";
import { Table } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import { useScheme } from "@/lib/useScheme";
import { WideTable } from "@/ui/WideTable";
import { areaText, type Board, breakdownText, differenceText, lookOf, type Noise, signedPlace } from "./model.ts";

const nowrap = { whiteSpace: "nowrap" } as const;

/** Area and breakdown point of every method, with intervals, and what they differ by from the reference's. */
export function SummaryTable({ board, noise }: { readonly board: Board; readonly noise: Noise }) {
  const scheme = useScheme();
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
              <ArmName name={curve.method} look={lookOf(board, curve.method, scheme)} />
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
