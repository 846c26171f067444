"use client";
import { linear, logarithmic } from "@/features/scoredSet/plot/scale";
import { isNumber } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { type Cut, pointText } from "./cut.ts";

const [left, right, head, tall, foot] = [52, 18, 14, 130, 40] as const;
const ratios = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20] as const;

/** Steps to the common target against the blocks transferred, as a multiple of those of random weights, with intervals. */
export function SpeedCurve({ cut }: { readonly cut: Cut }) {
  const [box, width] = useWidth();
  const all = cut.blocks.length;
  const shown = [...cut.points, ...(cut.statistics ? [cut.statistics] : [])].flatMap(({ k, arm, block, speedGap }) =>
    speedGap && isNumber(speedGap.ratio) ? [{ k, arm, block, ...speedGap, ratio: speedGap.ratio }] : [],
  );
  const values = shown.flatMap(({ ratio, low, high }) => [ratio, low, high].filter(isNumber));
  const range = [Math.min(0.5, ...values) / 1.1, Math.max(1.2, ...values) * 1.1] as const;
  const y = logarithmic(range, [head + tall, head]);
  const x = linear([-0.3, all + (cut.statistics ? 1.3 : 0.3)], [left, Math.max(left + 120, width - right)]);
  const line = shown.filter(({ k }) => k !== null).map(({ k, ratio }) => `${x(k!)} ${y(ratio)}`);
  const label = shown.map((each) => `${pointText(each)} × ${each.ratio.toPrecision(2)}`).join(", ");
  return (
    <PlotFrame file={fileName("layer cut", "speed")}>
      <div ref={box} style={{ minHeight: head + tall + foot }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={head + tall + foot}
            className="plot"
            style={{ display: "block" }}
            role="img"
            aria-label={`Steps to target as a multiple of random weights': ${label}`}
          >
            {ratios
              .filter((tick) => tick >= range[0] && tick <= range[1])
              .map((tick) => (
                <g key={tick}>
                  <line
                    x1={left}
                    x2={width - right}
                    y1={y(tick)}
                    y2={y(tick)}
                    stroke={tick === 1 ? "var(--ink-soft)" : "var(--hairline)"}
                    strokeDasharray={tick === 1 ? "3 3" : undefined}
                  />
                  <text x={left - 6} y={y(tick) + 4} textAnchor="end" className="plot-small">
                    × {tick}
                  </text>
                </g>
              ))}
            {line.length > 1 && (
              <path d={`M${line.join("L")}`} fill="none" stroke="var(--mantine-color-anchor)" strokeWidth={2} />
            )}
            {shown.map(({ k, arm, ratio, low, high }) => (
              <g key={arm}>
                {isNumber(low) && isNumber(high) && (
                  <line
                    x1={x(k ?? all + 1)}
                    x2={x(k ?? all + 1)}
                    y1={y(low)}
                    y2={y(high)}
                    stroke="var(--mantine-color-anchor)"
                    strokeWidth={1.6}
                  />
                )}
                <circle
                  cx={x(k ?? all + 1)}
                  cy={y(ratio)}
                  r={4.5}
                  fill={k === null ? "var(--surface)" : "var(--mantine-color-anchor)"}
                  stroke="var(--mantine-color-anchor)"
                  strokeWidth={1.8}
                >
                  <title>{`${arm}: × ${ratio.toPrecision(2)}`}</title>
                </circle>
              </g>
            ))}
            {[...Array(all + 1).keys()].map((k) => (
              <text key={k} x={x(k)} y={head + tall + 16} textAnchor="middle" className="plot-small">
                {k}
              </text>
            ))}
            <text x={left} y={head + tall + 34} className="plot-small">
              blocks transferred
            </text>
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
