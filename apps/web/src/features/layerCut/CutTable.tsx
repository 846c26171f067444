"use client";
import { Table } from "@mantine/core";
import { VerdictLine } from "@/features/scoredSet/VerdictLine";
import { isNumber, score, signed } from "@/lib/format";
import { ScrollFrame } from "@/ui/ScrollFrame";
import { type Cut, pointText } from "./cut.ts";
import { SpeedLine } from "./SpeedLine.tsx";

/** The same numbers with their verdicts. */
export function CutTable({ cut }: { readonly cut: Cut }) {
  const rows = [...cut.points, ...(cut.statistics ? [cut.statistics] : [])];
  return (
    <ScrollFrame label="Every cut">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Blocks transferred</Table.Th>
            <Table.Th ta="right">{cut.metricLabel}</Table.Th>
            <Table.Th>95 % interval</Table.Th>
            <Table.Th ta="right">Seeds</Table.Th>
            <Table.Th>Against all blocks</Table.Th>
            <Table.Th>Steps to target, against random</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((point) => (
            <Table.Tr key={point.arm}>
              <Table.Td fw={point.k === cut.smallest && point.k !== null ? 650 : undefined}>
                {pointText(point)}
              </Table.Td>
              <Table.Td ta="right">{isNumber(point.mean) ? score(point.mean) : "not scored"}</Table.Td>
              <Table.Td>
                {isNumber(point.low) && isNumber(point.high) ? `${score(point.low)} to ${score(point.high)}` : "–"}
              </Table.Td>
              <Table.Td ta="right">{point.perSeed.length}</Table.Td>
              <Table.Td>
                {point.difference ? <VerdictLine difference={point.difference} text={(value) => signed(value)} /> : "–"}
              </Table.Td>
              <Table.Td>{point.speedGap ? <SpeedLine speed={point.speedGap} /> : "–"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollFrame>
  );
}
