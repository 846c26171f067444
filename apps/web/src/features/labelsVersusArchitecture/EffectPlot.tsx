"use client";
import { niceTicks } from "@/features/comparison/ticks";
import { linear, paddedRange } from "@/features/scoredSet/plot/scale";
import { isNumber, signed } from "@/lib/format";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { EffectRow } from "./rows.ts";

const rowHeight = 40;

/** Effects with their intervals on one scale, and what a seed alone changes as a band about 0. */
export function EffectPlot({ rows, file }: { readonly rows: readonly EffectRow[]; readonly file: string }) {
  const [box, width] = useWidth();
  const narrow = width < 560;
  const values = narrow ? 8 : 190;
  const range = paddedRange([0, ...rows.flatMap(({ at, low, high }) => [at, low, high]).filter(isNumber)]);
  const x = linear(range, [8, Math.max(80, width - values)]);
  const height = rows.length * rowHeight + 24;
  const said = rows.map(({ group, name, text }) => `${group}, ${name}: ${text}`);
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
            aria-label={said.join("; ")}
            className="plot"
          >
            {niceTicks(range[0], range[1], narrow ? 3 : 6).map((tick) => (
              <g key={tick}>
                <line x1={x(tick)} x2={x(tick)} y1={0} y2={height - 20} stroke="var(--hairline)" />
                <text x={x(tick)} y={height - 6} textAnchor="middle" className="plot-small">
                  {tick === 0 ? "0" : signed(tick, 2)}
                </text>
              </g>
            ))}
            <line x1={x(0)} x2={x(0)} y1={0} y2={height - 20} stroke="var(--ink-soft)" />
            {rows.map(({ group, name, at, low, high, text, effect }, place) => {
              const y = place * rowHeight + 26;
              const color = effect ? "var(--mantine-color-anchor)" : "var(--ink-soft)";
              return (
                <g key={`${group} ${name}`}>
                  <text x={8} y={y - 12} className="plot-small">
                    {group}: {name}
                    {narrow ? ` ${text}` : ""}
                  </text>
                  {isNumber(low) && isNumber(high) && (
                    <path
                      d={`M${x(low)} ${y - 4}v8M${x(low)} ${y}H${x(high)}M${x(high)} ${y - 4}v8`}
                      stroke={color}
                      strokeWidth={1.8}
                      strokeDasharray={effect ? undefined : "4 3"}
                      fill="none"
                    />
                  )}
                  {isNumber(at) && <circle cx={x(at)} cy={y} r={4.5} fill={color} />}
                  {!narrow && (
                    <text
                      x={width}
                      y={y + 4}
                      textAnchor="end"
                      className="plot-small"
                      style={{ fill: "var(--mantine-color-text)" }}
                    >
                      {text}
                    </text>
                  )}
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
