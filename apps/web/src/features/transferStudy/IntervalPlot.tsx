"use client";
import Link from "next/link";
import { PlotMark } from "@/features/scoredSet/plot/PlotMark";
import type { Range } from "@/features/scoredSet/plot/scale";
import { isNumber } from "@/lib/format";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { IntervalGroup, IntervalRow } from "./intervalRows.ts";

interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
}

interface Props {
  readonly groups: readonly IntervalGroup[];
  readonly scaleOf: (range: Range) => Scale;
  readonly tickText: (tick: number) => string;
  /** Where nothing differs. */
  readonly zero: number;
  /** Half of the band in which a difference does not matter, in the scale's own values. */
  readonly band?: readonly [low: number, high: number] | null;
  readonly left: string;
  readonly right: string;
  readonly file: string;
  readonly label: string;
}

const size = { names: 52, values: 172, narrow: 112, head: 22, row: 22, narrowRow: 30, gap: 8, foot: 42 } as const;
/** Letters over the band and the lines. */
const halo = { paintOrder: "stroke", stroke: "var(--surface)", strokeWidth: 4 } as const;

/** Marks with their intervals on one scale, an arm's shares under its name; each row opens the comparison of its two arms. */
export function IntervalPlot(props: Props) {
  const { groups, scaleOf, tickText, zero, band, left, right, file, label } = props;
  const [box, width] = useWidth();
  const narrow = width < 480;
  const [values, rowHeight] = narrow ? [size.narrow, size.narrowRow] : [size.values, size.row];
  const end = Math.max(size.names + 60, width - values);
  const { place, ticks } = scaleOf([size.names + 8, end - 8]);
  let y = 6;
  const placed = groups.map((group) => {
    const top = y;
    y += size.head + group.rows.length * rowHeight + size.gap;
    return { group, top };
  });
  const axisY = y;
  const height = axisY + size.foot;
  return (
    <PlotFrame file={file}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg data-plot width={width} height={height} style={{ display: "block" }} className="plot" aria-label={label}>
            {band && (
              <>
                <rect
                  x={place(band[0])}
                  width={place(band[1]) - place(band[0])}
                  y={2}
                  height={axisY - 2}
                  fill="var(--mantine-color-petrol-6)"
                  opacity={0.12}
                />
                <text x={place(band[1]) + 3} y={11} className="plot-small">
                  ±δ
                </text>
              </>
            )}
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={place(tick)} x2={place(tick)} y1={2} y2={axisY} stroke="var(--hairline)" />
                <text x={place(tick)} y={axisY + 15} textAnchor="middle" className="plot-small">
                  {tickText(tick)}
                </text>
              </g>
            ))}
            <line x1={size.names} x2={end} y1={axisY} y2={axisY} stroke="var(--hairline)" />
            <line
              x1={place(zero)}
              x2={place(zero)}
              y1={2}
              y2={axisY}
              stroke="var(--mantine-color-text)"
              strokeDasharray="3 3"
            />
            <text x={size.names} y={height - 6} className="plot-small">
              ← {left}
            </text>
            <text x={end} y={height - 6} textAnchor="end" className="plot-small">
              {right} →
            </text>
            {placed.map(({ group, top }) => (
              <g key={group.name}>
                <text x={0} y={top + 14} className="plot-title" style={halo}>
                  {group.name}
                </text>
                {group.rows.map((row, at) => (
                  <Row
                    key={row.fraction}
                    row={row}
                    group={group}
                    y={top + size.head + (at + 0.5) * rowHeight}
                    narrow={narrow}
                    place={place}
                    end={end}
                    width={width}
                  />
                ))}
              </g>
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}

interface RowProps {
  readonly row: IntervalRow;
  readonly group: IntervalGroup;
  readonly y: number;
  readonly place: (value: number) => number;
  readonly end: number;
  readonly width: number;
  /** The verdict stands below the value. */
  readonly narrow: boolean;
}

function Row({ row, group: { look }, y, place, end, width, narrow }: RowProps) {
  const { at, low, high, bound } = row;
  const arrow = bound === "is" || !isNumber(at) ? null : bound === "atLeast" ? 1 : -1;
  return (
    <>
      <Link href={row.href} aria-label={row.told} className="plot-row">
        <title>{row.told}</title>
        <rect x={0} width={width} y={y - 11} height={22} fill="transparent" />
        {isNumber(low) && isNumber(high) && (
          <path
            d={`M${place(low)} ${y - 4}v8M${place(low)} ${y}H${place(high)}M${place(high)} ${y - 4}v8`}
            stroke={look.color}
            strokeWidth={1.8}
            fill="none"
          />
        )}
        {arrow !== null && isNumber(at) && (
          <path
            d={`M${place(at)} ${y}h${22 * arrow}m${-5 * arrow} -4l${5 * arrow} 4l${-5 * arrow} 4`}
            stroke={look.color}
            strokeWidth={1.6}
            fill="none"
          />
        )}
        {isNumber(at) && <PlotMark look={look} x={place(at)} y={y} open={row.censored} />}
      </Link>
      {/* The link's name says the same in full. */}
      <g style={{ pointerEvents: "none" }}>
        <text x={size.names - 8} y={y + 4} textAnchor="end" className="plot-small">
          {row.label}
        </text>
        <text
          x={end + 8}
          y={narrow ? y - 1 : y + 4}
          className="plot-small"
          style={{ fill: "var(--mantine-color-text)" }}
        >
          {row.value}
        </text>
        <text
          x={narrow ? end + 8 : width}
          y={narrow ? y + 11 : y + 4}
          textAnchor={narrow ? "start" : "end"}
          className="plot-small"
        >
          {row.verdict}
        </text>
      </g>
    </>
  );
}
