"use client";
import { Table, Text } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import { isNumber, score } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import type { SetArm } from "../model.ts";
import { TermHelp } from "../TermHelp.tsx";
import type { Ledger, LedgerRow } from "./conventions.ts";

interface Props {
  readonly ledger: Ledger;
  readonly arms: readonly SetArm[];
}

/** Every convention with every arm's Dice, and the order that it puts the arms in. */
export function LedgerTable({ ledger: { rows, swaps }, arms }: Props) {
  return (
    <WideTable label="Dice under every convention" miw={420 + 130 * arms.length}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            Convention (<TermHelp term="per item" />, <TermHelp term="pooled" />, <TermHelp term="background" />,{" "}
            <TermHelp term="both empty" />)
          </Table.Th>
          {arms.map((arm) => (
            <Table.Th key={arm.name} className="number named">
              <ArmName name={arm.name} look={arm.look} />
            </Table.Th>
          ))}
          <Table.Th>Order, best first</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row, place) => (
          <Table.Tr key={row.key}>
            <Table.Td miw={200}>
              <Text size="sm" fw={place === 0 ? 650 : 400}>
                {row.name}
                {place === 0 ? " (reference)" : ""}
              </Text>
              <Text size="xs" c="dimmed">
                {row.convention.startsWith(`${row.name}: `)
                  ? row.convention.slice(row.name.length + 2)
                  : row.convention}
              </Text>
            </Table.Td>
            {arms.map((arm) => (
              <Table.Td key={arm.name} className="number">
                <Score found={row.arms.find((each) => each.arm === arm.name)} />
              </Table.Td>
            ))}
            <Table.Td>
              <Text size="sm" c={swaps.some(({ key }) => key === row.key) ? "var(--stamp)" : undefined}>
                {row.order.join(" > ")}
                {swaps.some(({ key }) => key === row.key) ? " (another order)" : ""}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function Score({ found }: { readonly found: LedgerRow["arms"][number] | undefined }) {
  if (!found) return "—";
  const { mean, sd, low, high, items, undefinedItems } = found;
  return (
    <>
      <Text size="sm">
        <b>{score(mean)}</b>
        {isNumber(sd) ? ` ± ${score(sd)}` : ""}
      </Text>
      {isNumber(low) && isNumber(high) && (
        <Text size="xs" c="dimmed">
          {score(low)} to {score(high)}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        n = {items}
        {undefinedItems > 0 ? `, ${undefinedItems} undefined` : ""}
      </Text>
    </>
  );
}
