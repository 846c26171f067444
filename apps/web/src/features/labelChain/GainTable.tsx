"use client";
import { Table } from "@mantine/core";
import { WideTable } from "@/ui/WideTable";
import { gainText, type Stage } from "./model.ts";

/** The gains of each class, and how far each stage is behind the one with the largest gain. */
export function GainTable({ stages }: { readonly stages: readonly Stage[] }) {
  const classes = stages[0]!.classGains.length === 2 ? stages[0]!.classGains.slice(1) : stages[0]!.classGains;
  return (
    <WideTable label="Gain of each class, in points" miw={520 + 200 * classes.length} verticalSpacing={5} mt="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Stage</Table.Th>
          <Table.Th className="number">Behind the largest</Table.Th>
          {classes.flatMap(({ name }) => [
            <Table.Th key={`${name} sensitivity`} className="number">
              Sensitivity, {name}
            </Table.Th>,
            <Table.Th key={`${name} specificity`} className="number">
              Specificity, {name}
            </Table.Th>,
            <Table.Th key={`${name} ppv`} className="number">
              PPV, {name}
            </Table.Th>,
          ])}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {stages.map((stage) => (
          <Table.Tr key={stage.name}>
            <Table.Th scope="row" className="named">
              {stage.name}
            </Table.Th>
            <Table.Td className="number">{stage.behind ? gainText(stage.behind) : "the largest"}</Table.Td>
            {stage.classGains
              .filter(({ name }) => classes.some((each) => each.name === name))
              .flatMap(({ name, sensitivity, specificity, ppv }) => [
                <Table.Td key={`${name} sensitivity`} className="number">
                  {gainText(sensitivity)}
                </Table.Td>,
                <Table.Td key={`${name} specificity`} className="number">
                  {gainText(specificity)}
                </Table.Td>,
                <Table.Td key={`${name} ppv`} className="number">
                  {ppv ? gainText(ppv) : "undefined"}
                </Table.Td>,
              ])}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
