"use client";
import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import type {
  DataZoomComponentOption,
  GridComponentOption,
  MarkLineComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import { DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { chartInk } from "@/lib/chartInk";
import { useScheme } from "@/lib/useScheme";

echarts.use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  DataZoomComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export type ChartOption = echarts.ComposeOption<
  | BarSeriesOption
  | CustomSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | DataZoomComponentOption
  | GridComponentOption
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
}

/** An ECharts picture that follows its box and the colour scheme, and keeps its zoom while data arrive. */
export function Chart({ option, height, label, onPick, group }: Props) {
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
    const ink = chartInk(scheme);
    chart.current?.setOption(
      { animation: false, textStyle: { fontFamily: ink.font, fontSize: 12, color: ink.text }, ...option },
      { replaceMerge: ["series"] },
    );
  }, [option, scheme]);

  return <div ref={box} role="img" aria-label={label} style={{ height, width: "100%", minWidth: 0 }} />;
}
