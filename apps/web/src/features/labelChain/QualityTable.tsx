"use client";
import { Table } from "@mantine/core";
import { percent } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { type Composed, type Rate, rangeText } from "./model.ts";

const measures = [
  ["prevalence", "Prevalence"],
  ["sensitivity", "Sensitivity"],
  ["specificity", "Specificity"],
  ["ppv", "PPV"],
  ["labelled", "Labelled so"],
] as const;

/** What the labels of each class are worth, at the chain's prevalence. */
export function QualityTable({ classes, label }: { readonly classes: Composed["classes"]; readonly label: string }) {
  return (
    <WideTable label={label} miw={96 + 150 * classes.length} verticalSpacing={4} mt="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Worth of the labels</Table.Th>
          {classes.map(({ name }) => (
            <Table.Th key={name} className="number named">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {measures.map(([key, title]) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" className="named">
              {title}
            </Table.Th>
            {classes.map((each) => (
              <Table.Td key={each.name} className="number">
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
