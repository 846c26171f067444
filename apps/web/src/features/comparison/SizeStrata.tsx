"use client";
import { Table, Text } from "@mantine/core";
import { useMemo } from "react";
import { ArmName } from "@/features/curves/ArmKey";
import { axisInk, escapeHtml, tooltipInk } from "@/lib/chartInk";
import { csvText } from "@/lib/csv";
import { isNumber, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { Chart, type ChartOption } from "@/ui/Chart";
import { WideTable } from "@/ui/WideTable";
import type { ComparisonModel, Side } from "./model.ts";

type Stratum = ComparisonModel["data"]["strata"][number];

interface Bar {
  readonly mean: number | null | undefined;
  readonly low: number | null | undefined;
  readonly high: number | null | undefined;
}

const barsOf = (side: "A" | "B", stratum: Stratum): Bar =>
  side === "A"
    ? { mean: stratum.meanA, low: stratum.lowA, high: stratum.highA }
    : { mean: stratum.meanB, low: stratum.lowB, high: stratum.highB };

/** Both arms side by side in every stratum of region size. An undefined mean leaves a gap. */
export function SizeStrata({ model }: { readonly model: ComparisonModel }) {
  const scheme = useScheme();
  const { a, b, data } = model;
  const { strata } = data;
  const option = useMemo<ChartOption>(
    () => ({
      grid: { left: 44, right: 12, top: 24, bottom: 56 },
      tooltip: {
        ...tooltipInk(scheme),
        trigger: "axis",
        axisPointer: { type: "none" },
        formatter: (raw) => {
          const stratum = strata[(Array.isArray(raw) ? raw[0] : raw)?.dataIndex ?? 0];
          if (!stratum) return "";
          const line = (name: string, { mean, low, high }: Bar) =>
            `${escapeHtml(name)} <b>${score(mean)}</b>${isNumber(low) && isNumber(high) ? ` (${score(low)} to ${score(high)})` : " (no interval)"}`;
          return `Region ${escapeHtml(stratum.label)}, n = ${stratum.items}<br>${line(a.name, barsOf("A", stratum))}<br>${line(b.name, barsOf("B", stratum))}`;
        },
      },
      xAxis: {
        type: "category",
        data: strata.map((stratum) => `${stratum.label}\nn = ${stratum.items}`),
        ...axisInk(scheme, "region, share of the image"),
        nameLocation: "middle",
        nameGap: 38,
        splitLine: { show: false },
        axisLabel: { ...axisInk(scheme, "").axisLabel, interval: 0, lineHeight: 15, hideOverlap: false },
      },
      yAxis: { type: "value", min: 0, max: 1, ...axisInk(scheme, "Dice"), axisLine: { show: false } },
      series: [...sideSeries(a, "A", strata, -1), ...sideSeries(b, "B", strata, 1)],
    }),
    [a, b, strata, scheme],
  );

  return (
    <>
      <Chart
        option={option}
        height={270}
        file={fileName("Dice by region size", a.name, b.name)}
        csv={() => strataCsv(model)}
        label={`Dice against region size. ${strata.map((stratum) => `${stratum.label}, n = ${stratum.items}: ${a.name} ${score(stratum.meanA)}, ${b.name} ${score(stratum.meanB)}`).join("; ")}`}
      />
      <WideTable label="Dice by region size" fz="xs" verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Region</Table.Th>
            <Table.Th className="number">n</Table.Th>
            {[a, b].map((side) => (
              <Table.Th key={side.name} className="number named">
                <ArmName name={side.name} look={side.look} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {strata.map((stratum) => (
            <Table.Tr key={stratum.label}>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{stratum.label}</Table.Td>
              <Table.Td className="number">{stratum.items}</Table.Td>
              {(["A", "B"] as const).map((side) => (
                <Table.Td key={side} className="number">
                  <BarText bar={barsOf(side, stratum)} items={stratum.items} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </>
  );
}

function BarText({ bar: { mean, low, high }, items }: { readonly bar: Bar; readonly items: number }) {
  if (items === 0) return "no items";
  return (
    <>
      {score(mean)}
      {isNumber(low) && isNumber(high) && (
        <Text span size="xs" c="dimmed">
          {" "}
          ({score(low)} to {score(high)})
        </Text>
      )}
    </>
  );
}

const strataCsv = ({ a, b, data }: ComparisonModel): string =>
  csvText(
    ["arm", "region", "share_from", "share_to", "items", "mean_dice", "low", "high", "fold", "label_version"],
    data.strata.flatMap((stratum) =>
      (["A", "B"] as const).map((side) => {
        const { mean, low, high } = barsOf(side, stratum);
        const { label, lowShare, highShare, items } = stratum;
        const arm = side === "A" ? a.name : b.name;
        return [
          arm,
          label,
          lowShare,
          highShare,
          items,
          mean,
          low,
          high,
          data.fold.toLowerCase(),
          data.labelVersion.number,
        ];
      }),
    ),
  );

/** Mean as a mark, interval as a whisker, a little to the left or right of the stratum's middle. */
function sideSeries(side: Side, which: "A" | "B", strata: readonly Stratum[], direction: -1 | 1) {
  const rows = strata.map((stratum, index) => {
    const { mean, low, high } = barsOf(which, stratum);
    return [index, mean ?? Number.NaN, low ?? Number.NaN, high ?? Number.NaN];
  });
  return [
    {
      type: "custom" as const,
      name: side.name,
      data: rows,
      encode: { x: 0, y: 1 },
      z: 2,
      renderItem: (
        _: unknown,
        api: {
          value: (at: number) => number | string;
          coord: (point: number[]) => number[];
          size?: (span: number[]) => number | number[];
        },
      ) => {
        const [index, mean, low, high] = [0, 1, 2, 3].map((at) => Number(api.value(at))) as [
          number,
          number,
          number,
          number,
        ];
        if (Number.isNaN(mean)) return undefined;
        const [middle = 0, y = 0] = api.coord([index, mean]);
        const x = middle + direction * 9;
        const ends =
          Number.isNaN(low) || Number.isNaN(high) ? [] : [api.coord([index, low])[1]!, api.coord([index, high])[1]!];
        const [bottom, top] = ends;
        const square = side.look.marker === "rect";
        return {
          type: "group" as const,
          children: [
            ...(bottom !== undefined && top !== undefined
              ? [
                  {
                    type: "path" as const,
                    shape: { pathData: `M${x} ${bottom}V${top}M${x - 4} ${bottom}h8M${x - 4} ${top}h8` },
                    style: { stroke: side.look.color, lineWidth: 1.6, fill: "none" },
                  },
                ]
              : []),
            square
              ? {
                  type: "rect" as const,
                  shape: { x: x - 4.5, y: y - 4.5, width: 9, height: 9 },
                  style: { fill: side.look.color },
                }
              : { type: "circle" as const, shape: { cx: x, cy: y, r: 5 }, style: { fill: side.look.color } },
          ],
        };
      },
    },
  ];
}
