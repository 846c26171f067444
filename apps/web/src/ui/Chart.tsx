"use client";
import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import type {
  DataZoomComponentOption,
  GridComponentOption,
  LegendComponentOption,
  MarkLineComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { ColorScheme } from "@/lib/arms";
import { chartInk } from "@/lib/chartInk";
import { saveDataUrl, saveText } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { SaveMenu } from "./SaveMenu.tsx";

echarts.use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

export type ChartOption = echarts.ComposeOption<
  | BarSeriesOption
  | CustomSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | DataZoomComponentOption
  | GridComponentOption
  | LegendComponentOption
  | MarkLineComponentOption
  | TooltipComponentOption
>;

interface Props {
  readonly option: ChartOption;
  readonly height: number;
  /** What the picture shows, for those who do not see it: name, axes and the main numbers. */
  readonly label: string;
  /** Index of the clicked point in its series. */
  readonly onPick?: (dataIndex: number, seriesIndex: number) => void;
  /** Charts of one group share the crosshair. */
  readonly group?: string;
  /** Names the file that the chart is saved as; with `csv`, its numbers can be saved too. */
  readonly file: string;
  readonly csv?: () => string;
}

/** An ECharts picture that follows its box and the colour scheme, and keeps its zoom while data arrive. */
export function Chart({ option, height, label, onPick, group, file, csv }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | null>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const scheme = useScheme();

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = echarts.init(element);
    chart.current = made;
    if (group) {
      made.group = group;
      echarts.connect(group);
    }
    made.on("click", (event) => pick.current?.(event.dataIndex, event.seriesIndex ?? 0));
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [group]);

  useEffect(() => {
    chart.current?.setOption(dressed(option, scheme), { replaceMerge: ["series"] });
  }, [option, scheme]);

  const ways = [
    {
      label: "SVG, for a paper",
      save: () => chart.current && saveText(asSvg(chart.current, option, scheme), `${file}.svg`, "image/svg+xml"),
    },
    { label: "PNG", save: () => chart.current && saveDataUrl(asPng(chart.current, option, scheme), `${file}.png`) },
    ...(csv ? [{ label: "CSV, the numbers", save: () => saveText(csv(), `${file}.csv`, "text/csv") }] : []),
  ];

  return (
    <div style={{ position: "relative", minWidth: 0 }}>
      <div ref={box} role="img" aria-label={label} style={{ height, width: "100%", minWidth: 0 }} />
      <div className="chart-save">
        <SaveMenu what={file.replaceAll("-", " ")} ways={ways} />
      </div>
    </div>
  );
}

function dressed(option: ChartOption, scheme: ColorScheme): ChartOption {
  const ink = chartInk(scheme);
  return { animation: false, textStyle: { fontFamily: ink.font, fontSize: 12, color: ink.text }, ...option };
}

/** Outside the page nothing else names the lines. */
function named(option: ChartOption, scheme: ColorScheme): ChartOption {
  const series = [option.series ?? []].flat();
  const names = series.flatMap((each) => (each.type === "line" && each.name ? [String(each.name)] : []));
  const ink = chartInk(scheme);
  const legend = { data: names, top: 4, right: 8, itemWidth: 26, textStyle: { color: ink.text } };
  return { ...dressed(option, scheme), backgroundColor: ink.surface, ...(names.length > 1 ? { legend } : {}) };
}

/** The same picture at the same size, drawn once more as vectors. */
function asSvg(shown: echarts.ECharts, option: ChartOption, scheme: ColorScheme): string {
  const size = { width: shown.getWidth(), height: shown.getHeight() };
  const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  drawn.setOption(named(option, scheme));
  const text = drawn.renderToSVGString();
  drawn.dispose();
  return text;
}

function asPng(shown: echarts.ECharts, option: ChartOption, scheme: ColorScheme): string {
  const size = { width: shown.getWidth(), height: shown.getHeight() };
  const drawn = echarts.init(document.createElement("div"), null, size);
  drawn.setOption(named(option, scheme));
  const url = drawn.getDataURL({ type: "png", pixelRatio: 3 });
  drawn.dispose();
  return url;
}
