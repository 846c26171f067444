/** @file Dice against region size as an ECharts option: items as marks, known errors of their own truths as lines. */
import type { ColorScheme } from "@/lib/arms";
import { axisInk, chartInk, escapeHtml, tooltipInk } from "@/lib/chartInk";
import { isNumber, percent, score } from "@/lib/format";
import type { ChartOption } from "@/ui/Chart";
import type { SetArm } from "../model.ts";
import { errorLines, errorText, type SizePoint, scoreOf } from "./sizes.ts";
import { smoothedLine } from "./smoothedLine.ts";

const sharePercent = (share: number) => `${Number((share * 100).toPrecision(1))} %`;

/** Where the axis begins: below the smallest region, with room for the lines' names, at 1, 2 or 5 of a power of ten. */
export function leastShare(points: readonly SizePoint[]): number {
  const least = Math.min(...points.map(({ regionShare }) => regionShare)) * 0.7;
  const power = 10 ** Math.floor(Math.log10(least));
  return [5, 2, 1].map((factor) => factor * power).find((each) => each <= least * 1.0001) ?? power;
}

interface Chart {
  readonly option: ChartOption;
  /** Of a clicked mark; null where the series shows no items. */
  readonly itemAt: (dataIndex: number, seriesIndex: number) => SizePoint | null;
}

export function sizeScatter(points: readonly SizePoint[], arms: readonly SetArm[], scheme: ColorScheme): Chart {
  const ink = chartInk(scheme);
  const lines = errorLines.map(({ title, of }) => ({
    title,
    data: smoothedLine(points.flatMap((point) => (isNumber(of(point)) ? [[point.regionShare, of(point)!]] : []))),
  }));
  const marked = arms.map((arm) => points.filter((point) => isNumber(scoreOf(point, arm.name)?.dice)));
  const read = points.filter(({ readerDice }) => isNumber(readerDice));
  const itemAt = (index: number, series: number) =>
    (series < arms.length ? marked[series] : series === arms.length ? read : undefined)?.[index] ?? null;

  const option: ChartOption = {
    grid: { left: 44, right: 16, top: 30, bottom: 46 },
    tooltip: {
      ...tooltipInk(scheme),
      trigger: "item",
      formatter: (raw) => {
        const { dataIndex = 0, seriesIndex = 0 } = (Array.isArray(raw) ? raw[0] : raw) ?? {};
        const point = itemAt(dataIndex, seriesIndex);
        return point ? pointHtml(point, arms) : "";
      },
    },
    xAxis: {
      type: "log",
      ...axisInk(scheme, "region, share of the image (log scale)"),
      nameLocation: "middle",
      nameGap: 28,
      min: leastShare(points),
      max: Math.min(1, 1.1 * Math.max(...points.map(({ regionShare }) => regionShare))),
      splitLine: { show: false },
      axisLabel: { ...axisInk(scheme, "").axisLabel, formatter: sharePercent },
    },
    yAxis: { type: "value", min: 0, max: 1, interval: 0.2, ...axisInk(scheme, "Dice"), axisLine: { show: false } },
    series: [
      ...arms.map((arm, at) => ({
        type: "scatter" as const,
        name: arm.name,
        data: marked[at]!.map((point) => [point.regionShare, scoreOf(point, arm.name)!.dice!]),
        symbol: arm.look.marker,
        symbolSize: 8,
        cursor: "pointer",
        itemStyle: { color: arm.look.color, opacity: 0.75, borderColor: ink.surface, borderWidth: 0.5 },
        emphasis: { itemStyle: { opacity: 1, borderColor: ink.text, borderWidth: 1.5 } },
        z: 3,
      })),
      {
        type: "scatter" as const,
        name: "reader to reader",
        data: read.map((point) => [point.regionShare, point.readerDice!]),
        symbol: "rect",
        symbolSize: [12, 2.5],
        cursor: "pointer",
        itemStyle: { color: ink.text },
        z: 4,
      },
      ...lines.map(({ title, data }, at) => ({
        type: "line" as const,
        name: title,
        data,
        silent: true,
        showSymbol: false,
        lineStyle: { color: ink.neutral, width: 1.6 - at * 0.3, type: (["solid", "dashed", "dotted"] as const)[at] },
        itemStyle: { color: ink.neutral },
        tooltip: { show: false },
        z: 2,
      })),
      ...lines.map(({ title, data }) => ({
        // Named where the lines lie furthest apart: at the smallest regions.
        type: "scatter" as const,
        data: data.slice(0, 1),
        symbolSize: 0.1,
        silent: true,
        label: {
          show: true,
          position: "left" as const,
          distance: 4,
          formatter: title,
          color: ink.text,
          fontSize: 11,
          backgroundColor: ink.surface,
          padding: [1, 3],
        },
        z: 5,
      })),
    ],
  };
  return { option, itemAt };
}

function pointHtml(point: SizePoint, arms: readonly SetArm[]): string {
  const rows = arms.flatMap((arm) => {
    const found = scoreOf(point, arm.name);
    if (!found) return [];
    const error = `${found.atLeast ? "at least " : ""}${errorText(found.equivalentError)}`;
    return [`${escapeHtml(arm.name)} <b>${score(found.dice)}</b>, outline ${error} off`];
  });
  const reader = isNumber(point.readerDice) ? `<br>reader to reader ${score(point.readerDice)}` : "";
  return `<b>${escapeHtml(point.itemName)}</b>, region ${percent(point.regionShare, 2)}<br>${rows.join("<br>")}<br>truth one pixel off ${score(point.oneShift)}${reader}`;
}
