"use client";
import { niceTicks } from "@/features/comparison/ticks";
import { isNumber, plural, score } from "@/lib/format";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { AgreementRow } from "./agreementRows.ts";

const rowHeight = 24;
const headHeight = 28;

/** Estimates with their intervals, one to a row, on one scale. */
export function AgreementPlot({ rows, file }: { readonly rows: readonly AgreementRow[]; readonly file: string }) {
  const [box, width] = useWidth();
  const ends = rows.flatMap(({ value, low }) => [value, low].filter(isNumber));
  if (ends.length === 0) return null;
  const least = Math.min(0, ...ends);
  const narrow = width < 560;
  const names = narrow ? 110 : 220;
  const values = narrow ? 96 : 210;
  const x = (value: number) => names + ((value - least) / (1 - least)) * Math.max(40, width - names - values);
  let y = 0;
  const placed = rows.map((row, at) => {
    const heading = rows[at - 1]?.group === row.group ? null : row.group;
    y += heading === null ? rowHeight : headHeight + rowHeight;
    return { row, heading, middle: y - rowHeight / 2 };
  });
  const letters = Math.floor((names - 12) / 6.2);
  const short = (name: string) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name);
  const said = rows.map(({ name, value, low, high }) => `${name} ${score(value)} (${score(low)} to ${score(high)})`);
  return (
    <PlotFrame file={file}>
      <div ref={box} style={{ minHeight: y + 24 }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={y + 24}
            style={{ display: "block" }}
            role="img"
            aria-label={said.join("; ")}
            className="plot"
          >
            {niceTicks(least, 1, narrow ? 3 : 6).map((tick) => (
              <g key={tick}>
                <line x1={x(tick)} x2={x(tick)} y1={headHeight} y2={y} stroke="var(--hairline)" />
                <text x={x(tick)} y={y + 16} textAnchor="middle" className="plot-small">
                  {String(tick).replace("-", "−")}
                </text>
              </g>
            ))}
            {placed.map(({ row, heading, middle }) => (
              <g key={`${row.group} ${row.name}`}>
                {heading !== null && (
                  <text x={0} y={middle - rowHeight / 2 - 8} className="plot-label" style={{ fontWeight: 600 }}>
                    {heading}
                  </text>
                )}
                <text x={names - 10} y={middle + 4} textAnchor="end" className="plot-small">
                  {short(row.name)}
                  {short(row.name) !== row.name && <title>{row.name}</title>}
                </text>
                {isNumber(row.low) && isNumber(row.high) && (
                  <path
                    d={`M${x(row.low)} ${middle - 3.5}v7M${x(row.low)} ${middle}H${x(row.high)}M${x(row.high)} ${middle - 3.5}v7`}
                    stroke="var(--mantine-color-anchor)"
                    strokeWidth={1.6}
                    fill="none"
                  />
                )}
                {isNumber(row.value) && (
                  <circle cx={x(row.value)} cy={middle} r={4.5} fill="var(--mantine-color-anchor)" />
                )}
                <text x={width} y={middle + 4} textAnchor="end" className="plot-small">
                  {score(row.value)}
                  {narrow ? ` · n ${row.items}` : ` · ${plural(row.items, "item")}${row.more ? ` · ${row.more}` : ""}`}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
