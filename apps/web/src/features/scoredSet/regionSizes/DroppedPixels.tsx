"use client";
import { NativeSelect, Text } from "@mantine/core";
import { niceTicks } from "@/features/comparison/ticks";
import { percent } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useQueryParam } from "@/lib/useQueryParam";
import { useWidth } from "@/lib/useWidth";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { PlotFrame } from "@/ui/PlotFrame";
import type { SetModel } from "../model.ts";
import { linear, logarithmic } from "../plot/scale.ts";
import { spreadLabels } from "../plot/spreadLabels.ts";
import { type DroppedPanel, droppedPanels, shareRange } from "./droppedPanels.ts";
import { droppedSentence } from "./sentences.ts";
import type { DroppedCurve } from "./sizes.ts";
import { droppedCsv } from "./sizesCsv.ts";

interface Props {
  readonly curves: readonly DroppedCurve[];
  readonly model: SetModel;
}

/** What a pixel dropped outside the truth costs, against one missed inside it: a curve, not an opinion. */
export function DroppedPixels({ curves, model }: Props) {
  const [chosen, setStratum] = useQueryParam("stratum", "all");
  const strata = [...new Set(curves.map((curve) => curve.stratum))];
  const stratum = strata.includes(chosen) ? chosen : (strata[0] ?? "all");
  const panels = droppedPanels(curves, stratum);
  const empty = panels.every(({ lines }) => lines.length === 0);
  return (
    <Panel
      title="What a dropped pixel costs"
      note={`Wrong pixels are missed inside the truth, dropped within 2 px of its outline, or dropped as far off as can be: ${curves[0]?.convention ?? ""}. ${model.basis}.`}
      actions={
        curves.length > 0 && (
          <>
            <NativeSelect
              size="xs"
              aria-label="Region size"
              value={stratum}
              data={strata.map((value) => ({ value, label: value === "all" ? "all region sizes" : value }))}
              onChange={(event) => setStratum(event.currentTarget.value)}
            />
            <CsvButton what="the dropped pixels" text={() => droppedCsv(curves, model)} file="dropped-pixels" />
          </>
        )
      }
    >
      {empty ? (
        <Empty title="No truth of this size is measured yet">
          Truths are profiled with the first prediction of them.
        </Empty>
      ) : (
        <>
          <Text className="finding" size="sm" mb="sm">
            {droppedSentence(curves, stratum)}
          </Text>
          <Multiples panels={panels} stratum={stratum} />
        </>
      )}
    </Panel>
  );
}

const frame = { left: 40, right: 88, head: 26, plot: 150, foot: 40, gap: 16 } as const;
const panelHeight = frame.head + frame.plot + frame.foot;

function Multiples({ panels, stratum }: { readonly panels: readonly DroppedPanel[]; readonly stratum: string }) {
  const [box, width] = useWidth();
  const columns = width >= 1180 ? 4 : width >= 620 ? 2 : 1;
  const panelWidth = (width - (columns - 1) * frame.gap) / columns;
  const height = Math.ceil(panels.length / columns) * panelHeight;
  const shares = shareRange(panels);
  return (
    <PlotFrame file={fileName("dropped pixels", stratum)}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            role="img"
            aria-label="Dice, HD95, ASSD and NSD against the share of wrong pixels, for pixels missed inside, dropped near and dropped far. The CSV holds the numbers."
          >
            {panels.map((panel, at) => (
              <g
                key={panel.score.key}
                transform={`translate(${(at % columns) * (panelWidth + frame.gap)} ${Math.floor(at / columns) * panelHeight})`}
              >
                <OnePanel panel={panel} width={panelWidth} shares={shares} />
              </g>
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}

interface PanelProps {
  readonly panel: DroppedPanel;
  readonly width: number;
  readonly shares: readonly [number, number];
}

function OnePanel({ panel: { score, lines, range }, width, shares }: PanelProps) {
  const right = width - frame.right;
  const bottom = frame.head + frame.plot;
  const x = logarithmic(shares, [frame.left, right]);
  const y = linear(range, [bottom, frame.head]);
  const ticks = [...new Set(lines.flatMap(({ points }) => points.map(({ share }) => share)))].sort((a, b) => a - b);
  const every = Math.ceil(ticks.length / Math.max(2, Math.floor((right - frame.left) / 46)));
  const labels = spreadLabels(
    lines.map(({ points }) => y(points.at(-1)!.value) + 4),
    14,
    frame.head + 6,
    bottom,
  );
  return (
    <>
      <text x={0} y={13} className="plot-label" style={{ fontWeight: 600 }}>
        {score.title}
      </text>
      <text x={right} y={13} textAnchor="end" className="plot-small">
        {score.better}
      </text>
      {niceTicks(range[0], range[1], 4).map((tick) => (
        <g key={tick}>
          <line x1={frame.left} x2={right} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
          <text x={frame.left - 6} y={y(tick) + 4} textAnchor="end" className="plot-small">
            {tick}
          </text>
        </g>
      ))}
      {ticks.map((tick, at) =>
        at % every === 0 ? (
          <text key={tick} x={x(tick)} y={bottom + 15} textAnchor="middle" className="plot-small">
            {Number((tick * 100).toPrecision(2))} %
          </text>
        ) : null,
      )}
      <text x={(frame.left + right) / 2} y={bottom + 30} textAnchor="middle" className="plot-small">
        wrong pixels, of the region’s
      </text>
      {lines.map(({ look, points }, at) => (
        <g key={look.placement}>
          <path
            d={`M${points.map(({ share, value }) => `${x(share)} ${y(value)}`).join("L")}`}
            fill="none"
            stroke={look.color}
            strokeWidth={1.8}
            strokeDasharray={look.dash}
          />
          {points.map(({ share, value, items }) => (
            <circle key={share} cx={x(share)} cy={y(value)} r={2.6} fill={look.color}>
              <title>{`${look.title}, ${percent(share)}: ${value.toFixed(3)}, n = ${items}`}</title>
            </circle>
          ))}
          <text x={right + 7} y={labels[at]} className="plot-small" style={{ fill: look.color, fontWeight: 600 }}>
            {look.title}
          </text>
        </g>
      ))}
    </>
  );
}
