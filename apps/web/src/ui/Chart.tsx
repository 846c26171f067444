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
    { label: "SVG, for a paper", save: () => chart.current && saveSvg(chart.current, dressed(option, scheme), file) },
    {
      label: "PNG",
      save: () => {
        const backgroundColor = chartInk(scheme).surface;
        const url = chart.current?.getDataURL({ type: "png", pixelRatio: 3, backgroundColor });
        if (url) saveDataUrl(url, `${file}.png`);
      },
    },
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

/** The same picture at the same size, drawn once more as vectors. */
function saveSvg(shown: echarts.ECharts, option: ChartOption, file: string) {
  const size = { width: shown.getWidth(), height: shown.getHeight() };
  const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  drawn.setOption(option);
  saveText(drawn.renderToSVGString(), `${file}.svg`, "image/svg+xml");
  drawn.dispose();
}
