import type { ReactNode } from "react";
import type { Frame } from "./meanPoints.ts";

interface Props {
  readonly frame: Frame;
  /** Above the axis of values. */
  readonly title: string;
  readonly ticks: readonly number[];
  readonly y: (value: number) => number;
  readonly xTicks: readonly number[];
  readonly x: (place: number) => number;
  /** Below a tick. */
  readonly placeText: (place: number) => ReactNode;
  readonly xTitle: string;
}

/** The axes of curves over some quantity: a hairline per value, a tick per place. */
export function CurveAxes({ frame, title, ticks, y, xTicks, x, placeText, xTitle }: Props) {
  const { width, height, left, right, bottom } = frame;
  const floor = height - bottom;
  return (
    <>
      <text x={0} y={11} className="plot-small">
        {title}
      </text>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
          <text x={left - 7} y={y(tick) + 4} textAnchor="end" className="plot-small">
            {Number(tick.toFixed(4))}
          </text>
        </g>
      ))}
      {xTicks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={floor} y2={floor + 4} stroke="var(--ink-soft)" />
          <text x={x(tick)} y={floor + 17} textAnchor="middle" className="plot-small">
            {placeText(tick)}
          </text>
        </g>
      ))}
      <text x={(left + width - right) / 2} y={height - 6} textAnchor="middle" className="plot-small">
        {xTitle}
      </text>
    </>
  );
}

/** Of a metric: its name, and which way is better. */
export const metricTitle = ({ label, higherIsBetter }: { readonly label: string; readonly higherIsBetter: boolean }) =>
  `${label} ${higherIsBetter ? "↑" : "↓ lower is better"}`;
