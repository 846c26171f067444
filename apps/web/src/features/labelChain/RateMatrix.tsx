"use client";
import { Table, Text } from "@mantine/core";
import { count, percent } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { tint } from "../labels/tint.ts";
import { gainText, isTold, type Rate, rangeText } from "./model.ts";

interface Props {
  readonly label: string;
  readonly classes: readonly string[];
  readonly matrix: readonly (readonly Rate[])[];
  /** Items of each cell; null: composed of several samples. */
  readonly counts?: readonly (readonly number[])[] | null;
  /** Differences: signed, and tinted where the interval leaves out 0. */
  readonly differences?: boolean;
}

/** Shares of each row with their 95 % intervals: a class before down, a class after across. */
export function RateMatrix({ label, classes, matrix, counts = null, differences = false }: Props) {
  return (
    <WideTable label={label} miw={96 + 104 * classes.length + (counts ? 56 : 0)} verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Before ↓, after →</Table.Th>
          {classes.map((name) => (
            <Table.Th key={name} className="number named">
              {name}
            </Table.Th>
          ))}
          {counts && <Table.Th className="number">Items</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {matrix.map((row, before) => (
          <Table.Tr key={classes[before]}>
            <Table.Th scope="row" className="named">
              {classes[before]}
            </Table.Th>
            {row.map((rate, after) => {
              const right = before === after;
              const shade = differences ? (isTold(rate) ? tint(0.5, false) : undefined) : tint(rate.value, right);
              return (
                <Table.Td key={classes[after]} className="number" style={{ background: shade }}>
                  <Text span inherit fw={right ? 650 : 400}>
                    {differences ? gainText(rate).split(" ")[0] : percent(rate.value)}
                  </Text>
                  {/* not dimmed: the tint below takes contrast */}
                  <Text size="xs">{rangeText(rate)}</Text>
                </Table.Td>
              );
            })}
            {counts && (
              <Table.Td className="number">{count(counts[before]!.reduce((sum, each) => sum + each, 0))}</Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
