"use client";
import { useQuery } from "@apollo/client/react";
import { Skeleton, Text } from "@mantine/core";
import { axisInk, chartInk, tooltipInk } from "@/lib/chartInk";
import { csvText } from "@/lib/csv";
import { plural } from "@/lib/format";
import { useScheme } from "@/lib/useScheme";
import { Chart, type ChartOption } from "@/ui/Chart";
import { Loaded } from "@/ui/Loaded";
import { ClassCountsQuery } from "./queries.ts";

interface Props {
  readonly labelVersionId: string;
  /** Each item has one class: then what is not present is absent. */
  readonly exclusive: boolean;
}

/** How many items have each class; where they may have any number, how many do not, and of how many it is not known. */
export function ClassCounts({ labelVersionId, exclusive }: Props) {
  const query = useQuery(ClassCountsQuery, { variables: { id: labelVersionId } });
  return (
    <Loaded query={query} skeleton={<Skeleton h={190} />}>
      {({ labelVersion }) =>
        labelVersion?.classCounts && <Bars counts={labelVersion.classCounts} exclusive={exclusive} />
      }
    </Loaded>
  );
}

interface Count {
  readonly name: string;
  readonly present: number;
  readonly absent: number;
  readonly unknown: number;
}

function Bars({ counts, exclusive }: { readonly counts: readonly Count[]; readonly exclusive: boolean }) {
  const scheme = useScheme();
  const ink = chartInk(scheme);
  const parts = [
    { key: "present", name: "present", color: ink.accent },
    ...(exclusive
      ? []
      : ([
          { key: "absent", name: "absent", color: ink.axis },
          { key: "unknown", name: "not known", color: ink.grid },
        ] as const)),
  ] as const;
  const unknown = counts.reduce((sum, each) => sum + each.unknown, 0);
  const option: ChartOption = {
    grid: { left: 8, right: 44, top: 8, bottom: 40, containLabel: true },
    tooltip: { ...tooltipInk(scheme), trigger: "axis", axisPointer: { type: "none" } },
    xAxis: { type: "value", minInterval: 1, ...axisInk(scheme, "items"), nameLocation: "middle", nameGap: 24 },
    yAxis: {
      type: "category",
      inverse: true,
      data: counts.map(({ name }) => name),
      ...axisInk(scheme, ""),
      splitLine: { show: false },
      axisLabel: { color: ink.soft, fontSize: 11, width: 120, overflow: "truncate" },
    },
    series: parts.map(({ key, name, color }) => ({
      type: "bar" as const,
      name,
      stack: "items",
      data: counts.map((each) => each[key]),
      itemStyle: { color },
      barMaxWidth: 18,
      label: { show: exclusive, position: "right" as const, color: ink.text, fontSize: 11 },
    })),
  };
  const said = counts.map(({ name, present, absent, unknown: open }) =>
    exclusive ? `${name}: ${present}` : `${name}: ${present} present, ${absent} absent, ${open} not known`,
  );
  return (
    <>
      <Chart
        option={option}
        height={60 + 26 * counts.length}
        file="classes"
        csv={() =>
          csvText(
            ["class", "present", "absent", "not known"],
            counts.map((each) => [each.name, each.present, each.absent, each.unknown]),
          )
        }
        label={`Items per class: ${said.join("; ")}`}
      />
      {!exclusive && (
        <Text size="xs" c="dimmed">
          Dark: present; middle: absent; light: not known
          {unknown > 0 ? `. ${plural(unknown, "value")} not known: left out of losses and scores` : ""}
        </Text>
      )}
    </>
  );
}
