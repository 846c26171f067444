"use client";
import { Table, Text } from "@mantine/core";
import { Fragment } from "react";
import { ArmName } from "@/features/curves/ArmKey";
import { isNumber } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import type { SetModel } from "../model.ts";
import { VerdictLine } from "../VerdictLine.tsx";
import {
  cellBasis,
  cellOf,
  definedMetrics,
  type Metric,
  type MetricCell,
  type MetricTable,
  metricDifference,
  metricGroups,
  metricTitle,
  metricValue,
} from "./metricText.ts";

/** Metrics down, arms across: mean ± SD, its interval, and the difference to the reference. */
export function MetricTableView({ table, model }: { readonly table: MetricTable; readonly model: SetModel }) {
  const { defined, undefinedLabels } = definedMetrics(table);
  return (
    <WideTable label="Metrics by arm" miw={260 + 150 * model.arms.length} verticalSpacing={7}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Metric and its convention</Table.Th>
          {model.arms.map((arm) => (
            <Table.Th key={arm.name} className="number named">
              <ArmName name={arm.name} look={arm.look} />
              {arm.name === table.reference && (
                <Text size="xs" c="dimmed">
                  reference
                </Text>
              )}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {metricGroups(defined).map(({ title, metrics }) => (
          <Fragment key={title}>
            <Table.Tr style={{ background: "var(--well)" }}>
              <Table.Th scope="rowgroup" colSpan={model.arms.length + 1}>
                {title}
              </Table.Th>
            </Table.Tr>
            {metrics.map((metric) => (
              <Table.Tr key={metric.name} style={{ verticalAlign: "top" }}>
                <Table.Td miw={220} maw={420}>
                  <MetricName metric={metric} basis={sharedBasis(table, metric)} />
                </Table.Td>
                {model.arms.map((arm) => (
                  <Table.Td key={arm.name} className="number">
                    <Cell
                      metric={metric}
                      cell={cellOf(table, arm.name, metric.name)}
                      withBasis={sharedBasis(table, metric) === null}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Fragment>
        ))}
        {undefinedLabels.length > 0 && (
          <Table.Tr>
            <Table.Td colSpan={model.arms.length + 1}>
              <Text size="xs" c="dimmed">
                Undefined for every arm: {undefinedLabels.join(", ")}.
              </Text>
            </Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </WideTable>
  );
}

/** What every arm's cell rests on; null where it is not the same. */
function sharedBasis(table: MetricTable, { name }: Metric): string | null {
  const bases = new Set(table.rows.flatMap(({ arm }) => cellOf(table, arm, name) ?? []).map(cellBasis));
  return bases.size === 1 ? [...bases][0]! : null;
}

function MetricName({ metric, basis }: { readonly metric: Metric; readonly basis: string | null }) {
  return (
    <>
      <Text size="sm" fw={600}>
        {metricTitle(metric)}{" "}
        <Text span inherit c="dimmed" fw={400}>
          <span aria-hidden>{metric.higherIsBetter ? "↑" : "↓"}</span>
          <span className="mantine-visually-hidden">
            {metric.higherIsBetter ? "higher is better" : "lower is better"}
          </span>
        </Text>
      </Text>
      <Text size="xs" c="dimmed">
        {metric.convention}
        {basis && <>; {basis}</>}
      </Text>
    </>
  );
}

interface CellProps {
  readonly metric: Metric;
  readonly cell: MetricCell | undefined;
  readonly withBasis: boolean;
}

function Cell({ metric, cell, withBasis }: CellProps) {
  if (!cell) return <Text size="sm">—</Text>;
  const { mean, sd, low, high, difference } = cell;
  return (
    <>
      <Text size="sm">
        <Text span inherit fw={600}>
          {metricValue(metric, mean)}
        </Text>
        {isNumber(sd) ? ` ± ${metricValue(metric, sd)}` : ""}
      </Text>
      {isNumber(low) && isNumber(high) && (
        <Text size="xs" c="dimmed">
          {metricValue(metric, low)} to {metricValue(metric, high)}
        </Text>
      )}
      {difference && <VerdictLine difference={difference} text={(value) => metricDifference(metric, value)} />}
      {withBasis && (
        <Text size="xs" c="dimmed">
          {cellBasis(cell)}
        </Text>
      )}
    </>
  );
}
