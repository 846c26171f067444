"use client";
import { Anchor, Table } from "@mantine/core";
import Link from "next/link";
import { isNumber, percent, score } from "@/lib/format";
import { StateBadge } from "@/ui/StateBadge";
import { WideTable } from "@/ui/WideTable";
import type { Board } from "./model.ts";

interface Props {
  readonly board: Board;
  readonly datasetId: string;
}

/** The noisy label versions: what they are for, and what the noise came to. */
export function VersionsTable({ board, datasetId }: Props) {
  const masks = board.versions.some(({ dice }) => isNumber(dice));
  return (
    <WideTable label="Label versions of the study" miw={520} verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Noise</Table.Th>
          <Table.Th>For</Table.Th>
          <Table.Th className="number">{masks ? "Items changed" : "Labels changed"}</Table.Th>
          {masks && <Table.Th className="number">Their Dice with what they were</Table.Th>}
          <Table.Th>Version</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {board.versions.map((version) => (
          <Table.Tr key={version.text}>
            <Table.Td>{version.text}</Table.Td>
            <Table.Td>
              {[version.trains && "training", version.evaluates && "scoring"].filter(Boolean).join(" and ")}
            </Table.Td>
            <Table.Td className="number">
              {isNumber(version.effectiveRate) ? percent(version.effectiveRate) : "not yet"}
            </Table.Td>
            {masks && (
              <Table.Td className="number">{isNumber(version.dice) ? score(version.dice) : "not yet"}</Table.Td>
            )}
            <Table.Td>
              {version.labelVersionId ? (
                <Anchor component={Link} href={`/datasets/${datasetId}?tab=labels`} size="sm" underline="always">
                  made
                </Anchor>
              ) : (
                <StateBadge state={version.state} />
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
