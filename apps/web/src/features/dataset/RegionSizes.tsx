"use client";
import { useQuery } from "@apollo/client/react";
import { Skeleton, Text } from "@mantine/core";
import { axisInk, chartInk, tooltipInk } from "@/lib/chartInk";
import { csvText } from "@/lib/csv";
import { percent, plural } from "@/lib/format";
import { useScheme } from "@/lib/useScheme";
import { Chart, type ChartOption } from "@/ui/Chart";
import { Loaded } from "@/ui/Loaded";
import { RegionSizesQuery } from "./queries.ts";

/** Histogram of the region's share of the image, in bins of equal ratio. */
export function RegionSizes({ labelVersionId }: { readonly labelVersionId: string }) {
  const query = useQuery(RegionSizesQuery, { variables: { id: labelVersionId } });
  return (
    <Loaded query={query} skeleton={<Skeleton h={190} />}>
      {({ labelVersion }) => labelVersion && <Histogram {...labelVersion.regionSizes} />}
    </Loaded>
  );
}

interface HistogramProps {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly empty: number;
}

const edgeLabel = (share: number) => `${Number((share * 100).toPrecision(2))} %`;

function Histogram({ edges, counts, empty }: HistogramProps) {
  const scheme = useScheme();
  const ink = chartInk(scheme);
  const ranges = counts.map((_, bin) => `${edgeLabel(edges[bin] ?? 0)} to ${edgeLabel(edges[bin + 1] ?? 1)}`);
  const items = counts.reduce((sum, each) => sum + each, 0);
  const below = counts.reduce((sum, each, bin) => ((edges[bin + 1] ?? 1) <= 0.0101 ? sum + each : sum), 0);
  const option: ChartOption = {
    grid: { left: 36, right: 8, top: 22, bottom: 40 },
    tooltip: {
      ...tooltipInk(scheme),
      trigger: "axis",
      axisPointer: { type: "none" },
      formatter: (raw) => {
        const bin = (Array.isArray(raw) ? raw[0] : raw)?.dataIndex ?? 0;
        return `${ranges[bin]}<br><b>${plural(counts[bin] ?? 0, "item")}</b>`;
      },
    },
    xAxis: {
      type: "category",
      data: counts.map((_, bin) => edgeLabel(edges[bin] ?? 0)),
      ...axisInk(scheme, "region, share of the image (log scale)"),
      nameLocation: "middle",
      nameGap: 24,
      splitLine: { show: false },
      axisLabel: { color: ink.soft, fontSize: 11, align: "center", hideOverlap: true },
    },
    yAxis: { type: "value", minInterval: 1, ...axisInk(scheme, "items"), axisLine: { show: false } },
    series: [{ type: "bar", data: [...counts], barCategoryGap: "6%", itemStyle: { color: ink.accent } }],
  };
  return (
    <>
      <Chart
        option={option}
        height={200}
        file="region-sizes"
        csv={() =>
          csvText(
            ["share from", "share to", "items"],
            counts.map((n, bin) => [edges[bin], edges[bin + 1], n]),
          )
        }
        label={`Histogram of region sizes of ${plural(items, "item")}: ${ranges.map((range, bin) => `${range}: ${counts[bin]}`).join("; ")}`}
      />
      <Text size="xs" c="dimmed">
        {plural(below, "region")} under 1 % of the image ({percent(items > 0 ? below / items : null)})
        {empty > 0 ? `; ${plural(empty, "item")} without any region, not drawn` : ""}
      </Text>
    </>
  );
}
