"use client";
import type { ReactNode } from "react";
import { niceTicks } from "@/features/comparison/ticks";
import { isNumber, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { SetArm } from "../model.ts";
import { dashArray, PlotMark } from "../plot/PlotMark.tsx";
import { linear, paddedRange } from "../plot/scale.ts";
import { spreadLabels } from "../plot/spreadLabels.ts";
import { bandPath, meanAt, meanPath, type ThresholdCurve } from "./thresholdLines.ts";

interface Props {
  readonly curves: readonly ThresholdCurve[];
  readonly arms: readonly (SetArm & { readonly thresholds: readonly number[] })[];
  /** Null: each run's own. */
  readonly threshold: number | null;
  /** As wide as the axis, below it. */
  readonly children: ReactNode;
}

const left = 46;
/** For the arms' names, of which a narrow screen shows the beginning. */
const rightRoom = (width: number) => (width < 520 ? 84 : 128);
const [top, plot] = [12, 240];
const height = top + plot + 36;

/** Mean Dice per item against the threshold, one line per arm; open marks are the thresholds that the runs were scored at. */
export function ThresholdChart({ curves, arms, threshold, children }: Props) {
  const [box, width] = useWidth();
  const right = width - rightRoom(width);
  const letters = Math.floor((rightRoom(width) - 10) / 7);
  const values = curves.flatMap(({ mean, low, high }) => [...mean, ...low, ...high].filter(isNumber));
  const range = paddedRange(values, [0, 1]);
  const x = linear([0, 1], [left, right]);
  const y = linear(range, [top + plot, top]);
  const lines = arms.flatMap((arm) => {
    const curve = curves.find((each) => each.arm === arm.name);
    const last = curve?.mean.findLast(isNumber);
    return curve && isNumber(last) ? [{ arm, curve, last }] : [];
  });
  const labels = spreadLabels(
    lines.map(({ last }) => y(last) + 4),
    15,
    top + 8,
    top + plot,
  );
  const text = lines
    .map(({ arm, curve }) => {
      const best = Math.max(...curve.mean.filter(isNumber));
      return `${arm.name}: highest ${score(best)} at threshold ${curve.thresholds[curve.mean.indexOf(best)]}`;
    })
    .join("; ");
  return (
    <PlotFrame file={fileName("Dice against threshold")}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            role="img"
            aria-label={`Dice against threshold. ${text}.`}
          >
            {niceTicks(range[0], range[1], 5).map((tick) => (
              <g key={tick}>
                <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
                <text x={left - 8} y={y(tick) + 4} textAnchor="end" className="plot-small">
                  {Number(tick.toFixed(4))}
                </text>
              </g>
            ))}
            {[0, 0.2, 0.4, 0.6, 0.8, 1].map((tick) => (
              <text key={tick} x={x(tick)} y={top + plot + 16} textAnchor="middle" className="plot-small">
                {tick}
              </text>
            ))}
            <text x={x(0.5)} y={height - 4} textAnchor="middle" className="plot-small">
              threshold
            </text>
            {threshold !== null && (
              <line x1={x(threshold)} x2={x(threshold)} y1={top} y2={top + plot} stroke="var(--mantine-color-text)" />
            )}
            {lines.map(({ arm, curve }, at) => (
              <g key={arm.name}>
                <path d={bandPath(curve, x, y)} fill={arm.look.color} opacity={0.14} />
                <path
                  d={meanPath(curve, x, y)}
                  fill="none"
                  stroke={arm.look.color}
                  strokeWidth={2}
                  strokeDasharray={dashArray(arm.look.dash)}
                />
                {[...new Set(arm.thresholds)].map((own) => {
                  const mean = meanAt(curve, own);
                  return isNumber(mean) ? (
                    <PlotMark
                      key={own}
                      look={arm.look}
                      x={x(own)}
                      y={y(mean)}
                      open
                      title={`${arm.name}, scored at ${own}: ${score(mean)}`}
                    />
                  ) : null;
                })}
                <text
                  x={right + 10}
                  y={labels[at]}
                  className="plot-label"
                  style={{ fontWeight: 600, fill: arm.look.color }}
                >
                  {arm.name.length > letters ? `${arm.name.slice(0, letters - 1)}…` : arm.name}
                  <title>{arm.name}</title>
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
      <div style={{ paddingLeft: left, paddingRight: rightRoom(width) }}>{children}</div>
    </PlotFrame>
  );
}
