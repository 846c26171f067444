"use client";
import { Table, Text } from "@mantine/core";
import { isNumber } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { metricTitle, metricValue } from "../scoredSet/metrics/metricText.ts";
import { fieldText, levelText, type Study, short } from "./study.ts";

const nowrap = { whiteSpace: "nowrap" } as const;

/** Every arm with its model and its scores. */
export function ArmsTable({ study, size }: { readonly study: Study; readonly size: number | undefined }) {
  const varies = (factor: string) => study.factors.some(({ name }) => name === factor);
  return (
    <WideTable label="Every arm of the study" miw={900} verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Depth</Table.Th>
          <Table.Th>Skips</Table.Th>
          {varies("loss") && <Table.Th>Loss</Table.Th>}
          <Table.Th className="number">Weights</Table.Th>
          <Table.Th className="number">Receptive field</Table.Th>
          <Table.Th className="number">Multiply-adds</Table.Th>
          {study.metrics.map((metric) => (
            <Table.Th key={metric.name} className="number">
              {metricTitle(metric)} <span aria-hidden>{metric.higherIsBetter ? "↑" : "↓"}</span>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {study.arms.map((arm) => (
          <Table.Tr key={arm.arm}>
            <Table.Td style={nowrap}>{levelText("depth", String(arm.depth))}</Table.Td>
            <Table.Td style={nowrap}>{arm.depth === 0 ? "–" : levelText("skips", arm.skips)}</Table.Td>
            {varies("loss") && <Table.Td>{levelText("loss", arm.loss)}</Table.Td>}
            <Table.Td className="number">{short(arm.parameters)}</Table.Td>
            <Table.Td className="number">{fieldText(arm.receptiveField, size)}</Table.Td>
            <Table.Td className="number">{short(arm.multiplyAdds)}</Table.Td>
            {study.metrics.map((metric, i) => {
              const { mean, sd } = arm.scores[i] ?? {};
              return (
                <Table.Td key={metric.name} className="number">
                  {isNumber(mean) ? (
                    <>
                      {metricValue(metric, mean)}
                      {isNumber(sd) ? ` ± ${metricValue(metric, sd)}` : ""}
                    </>
                  ) : (
                    <Text size="xs" c="dimmed">
                      not yet
                    </Text>
                  )}
                </Table.Td>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
