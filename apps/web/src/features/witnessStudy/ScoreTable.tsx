"use client";
import { Table } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import type { ArmLooks } from "@/lib/arms";
import { WideTable } from "@/ui/WideTable";
import { type Board, pointTitle, rateText, scoreText } from "./model.ts";

interface Props {
  readonly board: Board;
  readonly looks: ArmLooks;
}

/** The rate below which each pooling is lost in chance. */
export function LimitTable({ board, looks }: Props) {
  return (
    <WideTable label="Rates below which a pooling is not told from chance" miw={420} verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Pooling</Table.Th>
          <Table.Th>Not told from chance below (95 % interval over seeds)</Table.Th>
          <Table.Th className="number">Seeds</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {board.curves.map(({ pooling, limit, limitText }) => (
          <Table.Tr key={pooling}>
            <Table.Td>
              <ArmName name={pooling} look={looks(pooling)} />
            </Table.Td>
            <Table.Td>{limitText}</Table.Td>
            <Table.Td className="number">{limit?.seeds ?? 0}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

/** Mean ± SD over seeds, pooling by rate. */
export function ScoreTable({ board, looks }: Props) {
  return (
    <WideTable label="AUC on test by pooling and witness rate" miw={180 + 120 * board.rates.length} verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Pooling</Table.Th>
          {board.rates.map(({ rate, witnesses }) => (
            <Table.Th key={rate} className="number" title={`${witnesses} of ${board.tiles} tiles`}>
              {rateText(rate)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {board.curves.map(({ pooling, points }) => (
          <Table.Tr key={pooling}>
            <Table.Td>
              <ArmName name={pooling} look={looks(pooling)} />
            </Table.Td>
            {points.map((point) => (
              <Table.Td key={point.rate} className="number" title={pointTitle(point)}>
                {scoreText(point)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
