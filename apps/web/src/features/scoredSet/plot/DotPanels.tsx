"use client";
import { isNumber } from "@/lib/format";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { SetArm } from "../model.ts";
import { type PanelGroup, type PlacedPanel, panelLayout, panelScale, panelSize } from "./dotPanels.ts";
import { PlotMark } from "./PlotMark.tsx";

interface Props {
  readonly groups: readonly PanelGroup[];
  readonly arms: readonly SetArm[];
  /** A line through its mark in every panel. */
  readonly reference?: string;
  readonly file: string;
  readonly label: string;
}

/** All panels in one drawing, so that they are saved as one figure. */
export function DotPanels({ groups, arms, reference, file, label }: Props) {
  const [box, width] = useWidth();
  const { height, headings, placed } = panelLayout(groups, Math.max(width, 240), arms.length);
  return (
    <PlotFrame file={file}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            role="img"
            aria-label={label}
            className="plot"
          >
            {headings.map(({ title, y }) => (
              <g key={title}>
                <text x={0} y={y} className="plot-title">
                  {title}
                </text>
                <line x1={0} x2={width} y1={y + 6} y2={y + 6} stroke="var(--hairline)" />
              </g>
            ))}
            {placed.map((each) => (
              <Panel key={each.panel.key} placed={each} arms={arms} reference={reference} />
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}

interface PanelProps {
  readonly placed: PlacedPanel;
  readonly arms: readonly SetArm[];
  readonly reference: string | undefined;
}

function Panel({ placed: { panel, x, y, width }, arms, reference }: PanelProps) {
  const { place, ticks } = panelScale(panel, width);
  const axisY = panelSize.head + arms.length * panelSize.row + 2;
  const referenceMean = panel.rows.find((row) => row.arm === reference)?.mean;
  const right = width - panelSize.values;
  const letters = Math.floor(panelSize.names / 6.2);
  return (
    <g transform={`translate(${x} ${y})`}>
      <text x={panelSize.names} y={15} className="plot-label" style={{ fontWeight: 600 }}>
        {panel.title}
      </text>
      {panel.higherIsBetter !== null && (
        <text x={width} y={15} textAnchor="end" className="plot-small">
          {panel.higherIsBetter ? "higher is better →" : "← lower is better"}
        </text>
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={place(tick)} x2={place(tick)} y1={panelSize.head} y2={axisY} stroke="var(--hairline)" />
          <text x={place(tick)} y={axisY + 14} textAnchor="middle" className="plot-small">
            {String(tick).replace("-", "−")}
          </text>
        </g>
      ))}
      <line x1={panelSize.names} x2={right} y1={axisY} y2={axisY} stroke="var(--hairline)" />
      {isNumber(referenceMean) && (
        <line
          x1={place(referenceMean)}
          x2={place(referenceMean)}
          y1={panelSize.head}
          y2={axisY}
          stroke="var(--ink-soft)"
          strokeDasharray="3 3"
        />
      )}
      {arms.map((arm, at) => {
        const row = panel.rows.find((each) => each.arm === arm.name);
        const middle = panelSize.head + (at + 0.5) * panelSize.row;
        const name = arm.name.length > letters ? `${arm.name.slice(0, letters - 1)}…` : arm.name;
        const { mean, low, high, target } = row ?? {};
        return (
          <g key={arm.name}>
            <text x={panelSize.names - 10} y={middle + 4} textAnchor="end" className="plot-small">
              {name}
              {name !== arm.name && <title>{arm.name}</title>}
            </text>
            {isNumber(low) && isNumber(high) && (
              <path
                d={`M${place(low)} ${middle - 3.5}v7M${place(low)} ${middle}H${place(high)}M${place(high)} ${middle - 3.5}v7`}
                stroke={arm.look.color}
                strokeWidth={1.6}
                fill="none"
              />
            )}
            {isNumber(target) && (
              <line
                x1={place(target)}
                x2={place(target)}
                y1={middle - 8}
                y2={middle + 8}
                stroke="var(--mantine-color-text)"
                strokeWidth={2}
              >
                <title>{`truth: ${panel.text(target)}`}</title>
              </line>
            )}
            {isNumber(mean) && (
              <PlotMark look={arm.look} x={place(mean)} y={middle} title={`${arm.name}: ${panel.text(mean)}`} />
            )}
            <text x={width} y={middle + 4} textAnchor="end" className="plot-small">
              {isNumber(mean) ? panel.text(mean) : "undefined"}
            </text>
          </g>
        );
      })}
    </g>
  );
}
