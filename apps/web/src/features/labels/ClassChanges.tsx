"use client";
import { Group, NativeSelect, Table, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { count, percent } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { changeMatrix, valueName } from "./changeMatrix.ts";
import type { Diff, Schema } from "./model.ts";
import { tint } from "./tint.ts";

/** Items that went from one value to another. */
export interface Cell {
  readonly classIndex: number | null;
  readonly before: number | null;
  readonly after: number | null;
}

interface Props {
  readonly changes: Diff["classChanges"];
  readonly schema: Schema;
  readonly cell: Cell | null;
  readonly onPick: (cell: Cell | null) => void;
}

/** From down, to across; a number off the diagonal shows its items below. */
export function ClassChanges({ changes, schema, cell, onPick }: Props) {
  const [index, setIndex] = useState(0);
  const classIndex = schema.exclusive ? null : index;
  const rows = changeMatrix(changes, classIndex);
  const name = (value: number | null) => valueName(value, schema);
  const picked = (before: number | null, after: number | null) => cell?.before === before && cell.after === after && cell.classIndex === classIndex; // biome-ignore format: one line
  return (
    <div>
      {!schema.exclusive && (
        <Group mb="xs">
          <NativeSelect
            size="xs"
            label="Class"
            value={index}
            data={schema.classes.map((label, value) => ({ value: String(value), label }))}
            onChange={(event) => {
              setIndex(Number(event.currentTarget.value));
              onPick(null);
            }}
          />
        </Group>
      )}
      <WideTable label="Changed classes" maw={220 + 96 * rows.values.length}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>From ↓, to →</Table.Th>
            {rows.values.map((value) => (
              <Table.Th key={String(value)} className="number named">
                {name(value)}
              </Table.Th>
            ))}
            <Table.Th className="number">Items</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.lines.map(({ before, items, cells }) => (
            <Table.Tr key={String(before)}>
              <Table.Th scope="row" className="named">
                {name(before)}
              </Table.Th>
              {cells.map(({ after, n }) => {
                const stayed = before === after;
                const share = items === 0 ? 0 : n / items;
                return (
                  <Table.Td key={String(after)} className="number" style={{ background: tint(share, stayed) }}>
                    {stayed || n === 0 ? (
                      count(n)
                    ) : (
                      <UnstyledButton
                        aria-pressed={picked(before, after)}
                        aria-label={`${n} items from ${name(before)} to ${name(after)}: show them`}
                        style={{ textDecoration: "underline", fontWeight: picked(before, after) ? 700 : 400 }}
                        onClick={() => onPick(picked(before, after) ? null : { classIndex, before, after })}
                      >
                        {count(n)}
                      </UnstyledButton>
                    )}
                    <Text size="xs" c="dimmed">
                      {items === 0 ? "—" : percent(share)}
                    </Text>
                  </Table.Td>
                );
              })}
              <Table.Td className="number">{count(items)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </div>
  );
}
