"use client";
import { Table, Text } from "@mantine/core";
import { count, percent } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { confusionRows, worstConfusion } from "./confusionCells.ts";
import type { Confusion } from "./model.ts";

interface Props {
  readonly names: readonly string[];
  readonly counts: Confusion;
}

/** Truth down, prediction across; the tint is the share of the row, so that a rare class is seen as well as a frequent one. */
export function ConfusionMatrix({ names, counts }: Props) {
  const worst = worstConfusion(names, counts);
  return (
    <>
      <WideTable label="Confusion matrix" miw={160 + 84 * names.length}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Truth ↓, called →</Table.Th>
            {names.map((name) => (
              <Table.Th key={name} className="number named">
                {name}
              </Table.Th>
            ))}
            <Table.Th className="number">Items</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {confusionRows(names, counts).map((row) => (
            <Table.Tr key={row.name}>
              <Table.Th scope="row" className="named">
                {row.name}
              </Table.Th>
              {row.cells.map((cell, called) => (
                <Table.Td
                  key={names[called]}
                  className="number"
                  style={{ background: tint(cell.share, cell.right), fontWeight: cell.right ? 600 : 400 }}
                >
                  {count(cell.n)}
                  <Text size="xs" c="dimmed">
                    {cell.share === null ? "—" : percent(cell.share)}
                  </Text>
                </Table.Td>
              ))}
              <Table.Td className="number">{count(row.n)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
      {worst && (
        <Text size="xs" c="dimmed" pt={6}>
          {worst}
        </Text>
      )}
    </>
  );
}

/** A mistake has the stamp's colour, what is right the accent's; at most so strong that the letters stay readable. */
function tint(share: number | null, right: boolean): string | undefined {
  if (!share) return undefined;
  const strength = Math.round(4 + 24 * share);
  return `color-mix(in srgb, ${right ? "var(--mantine-color-anchor)" : "var(--stamp)"} ${strength}%, transparent)`;
}
