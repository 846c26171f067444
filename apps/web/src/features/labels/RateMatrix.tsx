"use client";
import { Table, Text } from "@mantine/core";
import { count, percent } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import type { Version } from "./model.ts";
import { tint } from "./tint.ts";

type Reader = NonNullable<Version["result"]>["models"][number]["readers"][number];

/** How often a reader calls each true class what; with the items that each row rests on. */
export function RateMatrix({ reader, names }: { readonly reader: Reader; readonly names: readonly string[] }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Text size="xs">
        {reader.reader} · {count(reader.opinions)} opinions
      </Text>
      <WideTable label={`Confusion matrix of ${reader.reader}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>True ↓, called →</Table.Th>
            {names.map((name) => (
              <Table.Th key={name} className="number">
                {name}
              </Table.Th>
            ))}
            <Table.Th className="number">Items</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reader.rates.map((row, truth) => (
            <Table.Tr key={names[truth]}>
              <Table.Th scope="row">{names[truth]}</Table.Th>
              {row.map((rate, called) => (
                <Table.Td key={names[called]} className="number" style={{ background: tint(rate, called === truth) }}>
                  {percent(rate, 0)}
                </Table.Td>
              ))}
              <Table.Td className="number">{reader.items[truth]!.toFixed(1)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </div>
  );
}
