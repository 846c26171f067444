"use client";
import { Table, Text } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import { isNumber, score } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import type { SetArm } from "../model.ts";
import { TermHelp } from "../TermHelp.tsx";
import { errorText, leastForInterval, type SizeBoard, type SizeStratum } from "./sizes.ts";

interface Props {
  readonly board: SizeBoard;
  readonly arms: readonly SetArm[];
}

/** Strata down, arms across: Dice and outline error with their intervals over items. */
export function StrataTable({ board: { strata }, arms }: Props) {
  const read = strata.some(({ readers }) => readers > 0);
  return (
    <WideTable label="Dice and outline error by region size" miw={360 + 170 * arms.length}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Region</Table.Th>
          <Table.Th className="number">n</Table.Th>
          <Table.Th className="number">
            <TermHelp term="one pixel off">Dice one pixel off</TermHelp>
          </Table.Th>
          {read && (
            <Table.Th className="number">
              <TermHelp term="reader ceiling">Reader to reader</TermHelp>
            </Table.Th>
          )}
          {arms.map((arm) => (
            <Table.Th key={arm.name} className="number named">
              <ArmName name={arm.name} look={arm.look} />
              <Text size="xs" c="dimmed">
                Dice, <TermHelp term="outline error" />
              </Text>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {strata.map((stratum) => (
          <Table.Tr key={stratum.label} style={{ verticalAlign: "top" }}>
            <Table.Td style={{ whiteSpace: "nowrap" }}>{stratum.label}</Table.Td>
            <Table.Td className="number">
              {stratum.items}
              {stratum.items > 0 && stratum.items < leastForInterval && (
                <Text size="xs" c="var(--stamp)">
                  below {leastForInterval}: no interval
                </Text>
              )}
            </Table.Td>
            <Table.Td className="number">{stratum.items > 0 ? score(stratum.onePixelDice) : "—"}</Table.Td>
            {read && (
              <Table.Td className="number">
                {stratum.readers > 0 ? score(stratum.readerDice) : "—"}
                {stratum.readers > 0 && (
                  <Text size="xs" c="dimmed">
                    n = {stratum.readers}
                  </Text>
                )}
              </Table.Td>
            )}
            {arms.map((arm) => (
              <Table.Td key={arm.name} className="number">
                <ArmOfStratum found={stratum.arms.find((each) => each.arm === arm.name)} items={stratum.items} />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

interface ArmProps {
  readonly found: SizeStratum["arms"][number] | undefined;
  readonly items: number;
}

function ArmOfStratum({ found, items }: ArmProps) {
  if (!found || items === 0) return "—";
  const { dice, low, high, equivalentError, errorLow, errorHigh } = found;
  return (
    <>
      <Text size="sm">
        <b>{score(dice)}</b>
        {isNumber(low) && isNumber(high) ? ` (${score(low)} to ${score(high)})` : ""}
      </Text>
      <Text size="xs" c="dimmed">
        {errorText(equivalentError)}
        {isNumber(errorLow) && isNumber(errorHigh) ? ` (${errorLow.toFixed(2)} to ${errorHigh.toFixed(2)})` : ""}
      </Text>
    </>
  );
}
