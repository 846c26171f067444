"use client";
import { useMemo } from "react";
import type { ColorScheme } from "@/lib/arms";
import { axisInk, chartInk, escapeHtml, tooltipInk } from "@/lib/chartInk";
import { csvText } from "@/lib/csv";
import { compact } from "@/lib/format";
import { useScheme } from "@/lib/useScheme";
import { Chart, type ChartOption } from "@/ui/Chart";
import type { Axis, Curve, Level, Mark } from "./curve.ts";

interface Props {
  readonly curves: readonly Curve[];
  readonly axis: Axis;
  readonly yName: string;
  readonly log?: boolean;
  readonly height?: number;
  readonly label: string;
  readonly group?: string;
  readonly file: string;
  readonly levels?: readonly Level[];
  readonly marks?: readonly Mark[];
  /** Charts beside one another share it. Absent: what the curves have. */
  readonly range?: readonly [low: number, high: number];
}

const none: readonly never[] = [];

/** Lines with bands, a crosshair and one tooltip for all of them. */
export function CurveChart(props: Props) {
  const { curves, axis, yName, log = false, height = 320, label, group, file, range } = props;
  const { levels = none, marks = none } = props;
  const scheme = useScheme();
  const option = useMemo(
    () => withMarks(chartOption(curves, axis, yName, log, scheme), { levels, marks, range, axis, scheme }),
    [curves, axis, yName, log, scheme, levels, marks, range],
  );
  return (
    <Chart
      option={option}
      height={height}
      label={label}
      group={group}
      file={file}
      csv={() => curvesCsv(curves, axis)}
    />
  );
}

const curvesCsv = (curves: readonly Curve[], axis: Axis): string =>
  csvText(
    ["curve", "step", ...(axis.unit === 1 ? [] : [axis.name]), "mean", "smallest", "largest", "seeds"],
    curves.flatMap(({ name, points }) =>
      points.map(({ step, mean, low, high, seeds }) => [
        name,
        step,
        ...(axis.unit === 1 ? [] : [step / axis.unit]),
        mean,
        low,
        high,
        seeds,
      ]),
    ),
  );

/** A logarithm has no place for 0 and below: such points are gaps there. */
const shown = (value: number | null, log: boolean) => (value === null || (log && value <= 0) ? null : value);

function chartOption(
  curves: readonly Curve[],
  axis: Axis,
  yName: string,
  log: boolean,
  scheme: ColorScheme,
): ChartOption {
  const bands = curves.filter((curve) => curve.points.some((point) => point.seeds > 1));
  return {
    grid: { left: 46, right: 14, top: yName ? 28 : 10, bottom: 38 },
    tooltip: {
      ...tooltipInk(scheme),
      trigger: "axis",
      axisPointer: { type: "line", snap: true, lineStyle: { type: "solid", width: 1 } },
      formatter: (raw) => {
        const first = Array.isArray(raw) ? raw[0] : raw;
        const x = Number((first?.value as readonly unknown[] | undefined)?.[0]);
        return tooltipHtml(curves, axis, x);
      },
    },
    xAxis: {
      type: "value",
      ...axisInk(scheme, axis.name),
      nameLocation: "middle",
      nameGap: 24,
      min: 0,
      max: "dataMax",
      splitLine: { show: false },
    },
    yAxis: {
      type: log ? "log" : "value",
      scale: true,
      ...axisInk(scheme, yName),
      nameTextStyle: { ...axisInk(scheme, yName).nameTextStyle, align: "left" },
      axisLine: { show: false },
    },
    series: [
      ...bands.map((curve) => ({
        type: "custom" as const,
        name: `${curve.name} band`,
        silent: true,
        tooltip: { show: false },
        clip: true,
        encode: { x: 0, y: [1, 2] },
        data: bandRows(curve, axis, log),
        renderItem: bandPolygon(curve, axis, log),
        z: 1,
      })),
      ...curves.map((curve) => ({
        type: "line" as const,
        name: curve.name,
        data: curve.points.map((point) => [point.step / axis.unit, shown(point.mean, log)]),
        showSymbol: curve.points.length < 3,
        symbolSize: 5,
        connectNulls: false,
        lineStyle: { width: 1.8, color: curve.look.color, type: curve.look.dash as "solid" },
        itemStyle: { color: curve.look.color },
        emphasis: { disabled: true },
        z: 2,
      })),
    ],
  };
}

interface Extras {
  readonly levels: readonly Level[];
  readonly marks: readonly Mark[];
  readonly range: readonly [low: number, high: number] | undefined;
  readonly axis: Axis;
  readonly scheme: ColorScheme;
}

function withMarks(option: ChartOption, { levels, marks, range, axis, scheme }: Extras): ChartOption {
  if (levels.length === 0 && marks.length === 0 && range === undefined) return option;
  const ink = chartInk(scheme);
  const drawn: NonNullable<ChartOption["series"]> = [
    ...[option.series ?? []].flat(),
    {
      type: "line",
      data: [],
      silent: true,
      markLine: {
        silent: true,
        symbol: "none",
        data: levels.map(({ name, value }) => ({ yAxis: value, name })),
        lineStyle: { color: ink.soft, type: [2, 3], width: 1 },
        label: { formatter: "{b}", position: "insideEndBottom", color: ink.soft, fontSize: 11 },
      },
    },
    ...marks.map(({ step, value, look }) => ({
      type: "scatter" as const,
      data: [[step / axis.unit, value]],
      symbol: look.marker,
      symbolSize: 11,
      silent: true,
      itemStyle: { color: look.color, borderColor: ink.surface, borderWidth: 1.5, opacity: 1 },
      z: 5,
    })),
  ];
  const yAxis = range ? { ...option.yAxis, min: range[0], max: range[1] } : option.yAxis;
  return { ...option, yAxis: yAxis as ChartOption["yAxis"], series: drawn };
}

const bandRows = (curve: Curve, axis: Axis, log: boolean) =>
  curve.points.map((point) => [point.step / axis.unit, shown(point.low, log), shown(point.high, log)]);

type RenderItem =
  NonNullable<Extract<NonNullable<ChartOption["series"]>, readonly unknown[]>[number]> extends infer S
    ? S extends { renderItem?: infer R }
      ? NonNullable<R>
      : never
    : never;

/** One polygon per unbroken stretch, drawn once (at the first point), so that no seams show. */
function bandPolygon(curve: Curve, axis: Axis, log: boolean): RenderItem {
  return (params, api) => {
    if (params.dataIndexInside !== 0) return undefined;
    const stretches: { x: number; low: number; high: number }[][] = [[]];
    for (const point of curve.points) {
      const [low, high] = [shown(point.low, log), shown(point.high, log)];
      if (low === null || high === null) stretches.push([]);
      else stretches.at(-1)!.push({ x: point.step / axis.unit, low, high });
    }
    return {
      type: "group",
      children: stretches
        .filter((stretch) => stretch.length > 1)
        .map((stretch) => ({
          type: "polygon" as const,
          shape: {
            points: [
              ...stretch.map(({ x, high }) => api.coord([x, high])),
              ...stretch.toReversed().map(({ x, low }) => api.coord([x, low])),
            ],
          },
          style: { fill: curve.look.color, opacity: 0.16 },
          silent: true,
        })),
    };
  };
}

function tooltipHtml(curves: readonly Curve[], axis: Axis, x: number): string {
  const rows = curves.flatMap((curve) => {
    const point = curve.points.find((each) => Math.abs(each.step / axis.unit - x) < 1e-9);
    if (!point) return [];
    const swatch = `<span style="display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:6px;background:${curve.look.color}"></span>`;
    const spread =
      point.seeds > 1 && point.low !== null
        ? ` <span style="opacity:.7">${compact(point.low)}–${compact(point.high)}, ${point.seeds} seeds</span>`
        : "";
    return [`<div>${swatch}${escapeHtml(curve.name)} <b>${compact(point.mean)}</b>${spread}</div>`];
  });
  return `<div style="opacity:.75;margin-bottom:2px">${escapeHtml(axis.name)} ${compact(x)}</div>${rows.join("")}`;
}
