"use client";
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { axisInk, chartInk, escapeHtml, tooltipInk } from "@/lib/chartInk";
import { percent, plural, score, signed } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { Chart, type ChartOption } from "@/ui/Chart";
import { itemsCsv } from "./itemsCsv.ts";
import type { ComparisonModel } from "./model.ts";

interface Props {
  readonly model: ComparisonModel;
  readonly onOpen: (itemId: string) => void;
}

/** A against B, one mark per item: the side of the line says which arm is better there. */
export function ItemScatter({ model, onOpen }: Props) {
  const scheme = useScheme();
  const { a, b, scored, undefinedItems } = model;
  const above = scored.filter((item) => item.b > item.a).length;
  const option = useMemo<ChartOption>(() => {
    const ink = chartInk(scheme);
    const axis = (name: string) => ({
      type: "value" as const,
      min: 0,
      max: 1,
      interval: 0.2,
      ...axisInk(scheme, name),
      nameLocation: "middle" as const,
    });
    return {
      grid: { left: 52, right: 16, top: 12, bottom: 44 },
      tooltip: {
        ...tooltipInk(scheme),
        trigger: "item",
        formatter: (raw) => {
          const at = (Array.isArray(raw) ? raw[0] : raw)?.dataIndex ?? 0;
          const each = scored[at];
          if (!each) return "";
          return `<div style="display:flex;gap:10px"><img src="${encodeURI(each.item.thumbnailUrl)}" alt="" width="104" height="86" style="object-fit:cover;border-radius:2px"><div><b>${escapeHtml(each.item.name)}</b><br>${escapeHtml(a.name)} ${score(each.a)}<br>${escapeHtml(b.name)} ${score(each.b)}<br>difference ${signed(each.b - each.a)}<br>region ${percent(each.regionShare)}</div></div>`;
        },
      },
      xAxis: { ...axis(`Dice, ${a.name}`), nameGap: 26 },
      yAxis: { ...axis(`Dice, ${b.name}`), nameGap: 36 },
      series: [
        {
          type: "line",
          data: [
            [0, 0],
            [1, 1],
          ],
          silent: true,
          showSymbol: false,
          lineStyle: { color: ink.axis, width: 1, type: "dashed" },
          tooltip: { show: false },
          z: 1,
        },
        {
          type: "scatter",
          data: scored.map((item) => [item.a, item.b]),
          symbolSize: 8,
          cursor: "pointer",
          itemStyle: { color: ink.accent, opacity: 0.62, borderColor: ink.surface, borderWidth: 0.5 },
          emphasis: { itemStyle: { opacity: 1, borderColor: ink.text, borderWidth: 1.5 } },
          z: 2,
        },
      ],
    };
  }, [a.name, b.name, scored, scheme]);

  return (
    <>
      <Chart
        option={option}
        height={340}
        file={fileName("items", a.name, "against", b.name)}
        csv={() => itemsCsv(model)}
        onPick={(index, series) => series === 1 && scored[index] && onOpen(scored[index].item.id)}
        label={`Scatter of ${plural(scored.length, "item")}: ${above} of them better under ${b.name}. The list of pictures below holds the same items.`}
      />
      <Text size="xs" c="dimmed">
        {plural(above, "item")} of {scored.length} better under {b.name}
        {undefinedItems > 0 ? `; ${plural(undefinedItems, "item")} undefined under this convention, not drawn` : ""}
      </Text>
    </>
  );
}
