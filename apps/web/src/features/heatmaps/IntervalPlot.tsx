"use client";
import { linear } from "@/features/scoredSet/plot/scale";
import { isNumber } from "@/lib/format";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";

export interface IntervalRow {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly color: string;
}

interface Props {
  readonly file: string;
  readonly label: string;
  readonly rows: readonly IntervalRow[];
  readonly from: number;
  readonly to: number;
  /** Where lines stand that the values are held against. */
  readonly marks: readonly number[];
}

/** The head is for the save button, which stands over the plot. */
const [head, row, foot, right] = [20, 24, 22, 44] as const;
const ticksApart = 26;
const letter = 6.2;
const two = (value: number) => value.toFixed(2).replace("-", "−");

/** Estimates with their intervals, one under the other; what is outside the range is drawn at its end. */
export function IntervalPlot({ file, label, rows, from, to, marks }: Props) {
  const [box, width] = useWidth();
  const left = Math.max(...rows.map(({ name }) => name.length)) * letter + 12;
  const place = linear([from, to], [left, Math.max(left + 60, width - right)]);
  const inside = (value: number) => place(Math.min(to, Math.max(from, value)));
  const height = head + row * rows.length + foot;
  const ticks = [from, ...marks, to];
  const isTold = (at: number) => at === 0 || place(ticks[at]!) - place(ticks[at - 1]!) >= ticksApart;
  const text = rows.map(({ name, value, low, high }) => {
    return `${name} ${two(value)}${isNumber(low) && isNumber(high) ? ` (${two(low)} to ${two(high)})` : ""}`;
  });
  return (
    <PlotFrame file={file}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            className="plot"
            style={{ display: "block" }}
            role="img"
            aria-label={`${label}: ${text.join("; ")}`}
          >
            {ticks.map((tick, at) => (
              <g key={tick}>
                <line
                  x1={place(tick)}
                  x2={place(tick)}
                  y1={head}
                  y2={height - foot}
                  stroke={marks.includes(tick) ? "var(--stamp)" : "var(--hairline)"}
                  strokeDasharray={marks.includes(tick) ? "4 4" : undefined}
                />
                {isTold(at) && (
                  <text x={place(tick)} y={height - 6} textAnchor="middle" className="plot-small">
                    {String(tick).replace("-", "−")}
                  </text>
                )}
              </g>
            ))}
            {rows.map(({ name, value, low, high, color }, at) => {
              const y = head + (at + 0.5) * row;
              return (
                <g key={name}>
                  <text x={left - 8} y={y + 4} textAnchor="end" className="plot-small">
                    {name}
                  </text>
                  {isNumber(low) && isNumber(high) && (
                    <line x1={inside(low)} x2={inside(high)} y1={y} y2={y} stroke={color} strokeWidth={2} />
                  )}
                  <circle cx={inside(value)} cy={y} r={4.5} fill={color} />
                  <text x={width} y={y + 4} textAnchor="end" className="plot-small">
                    {two(value)}
                  </text>
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
