"use client";
import { Table } from "@mantine/core";
import { percent } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { type Composed, type Rate, rangeText } from "./model.ts";

const columns = [
  ["prevalence", "Prevalence"],
  ["sensitivity", "Sensitivity"],
  ["specificity", "Specificity"],
  ["ppv", "PPV"],
  ["labelled", "Labelled so"],
] as const;

/** What the labels of each class are worth, at the chain's prevalence. */
export function QualityTable({ classes, label }: { readonly classes: Composed["classes"]; readonly label: string }) {
  return (
    <WideTable label={label} miw={620} verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Class</Table.Th>
          {columns.map(([key, title]) => (
            <Table.Th key={key} className="number">
              {title}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {classes.map((each) => (
          <Table.Tr key={each.name}>
            <Table.Th scope="row" className="named">
              {each.name}
            </Table.Th>
            {columns.map(([key]) => (
              <Table.Td key={key} className="number">
                <Cell rate={each[key] ?? null} />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function Cell({ rate }: { readonly rate: Rate | null }) {
  if (rate === null) return <>undefined</>;
  const exact = rate.low === rate.value && rate.high === rate.value;
  return (
    <>
      {percent(rate.value)}
      <span style={{ color: "var(--ink-soft)" }}>{exact ? " given" : ` (${rangeText(rate)})`}</span>
    </>
  );
}
