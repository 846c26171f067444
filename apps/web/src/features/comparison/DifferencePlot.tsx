"use client";
import { isNumber, signed } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { ScoreComparison } from "./model.ts";
import { niceTicks } from "./ticks.ts";
import { differenceText } from "./verdict.ts";

const height = 104;
const axisY = 58;
/** Room for half a tick’s label at either end. */
const inset = 18;

/** The difference on its own scale: zero, the margin band, the interval and the estimate; each paired seed as a tick. */
export function DifferencePlot({ model }: { readonly model: ScoreComparison }) {
  const [box, width] = useWidth();
  const { difference, perSeed } = model.data;
  const { estimate, low, high } = difference;
  if (!isNumber(estimate)) return null;
  const seeds = perSeed.flatMap(({ seed, a, b }) => (isNumber(a) && isNumber(b) ? [{ seed, value: b - a }] : []));
  const margin = model.margin ?? 0;
  const values = [0, estimate, low ?? estimate, high ?? estimate, margin, -margin, ...seeds.map((each) => each.value)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = (most - least || 0.02) * 0.12;
  const x = (value: number) => inset + ((value - least + pad) / (most - least + 2 * pad)) * (width - 2 * inset);
  const ink = "var(--mantine-color-text)";

  // Both names stand on one line, at some 6 px a letter.
  const letters = Math.floor(width / 2 / 6) - 12;
  const [left, right] = model.higherIsBetter ? [model.a, model.b] : [model.b, model.a];
  const short = (name: string) => (name.length > letters ? `${name.slice(0, Math.max(1, letters - 1))}…` : name);

  return (
    <PlotFrame file={fileName("difference", model.b.name, "minus", model.a.name)}>
      <div ref={box} style={{ margin: "8px 0", minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            role="img"
            aria-label={differenceText(model)}
          >
            {margin > 0 && (
              <>
                <rect
                  x={x(-margin)}
                  width={x(margin) - x(-margin)}
                  y={8}
                  height={axisY - 8}
                  fill="var(--mantine-color-petrol-6)"
                  opacity={0.12}
                />
                <text x={x(margin) - 4} y={18} textAnchor="end" className="plot-small">
                  ±δ
                </text>
              </>
            )}
            {niceTicks(least - pad, most + pad, width / 70).map((tick) => (
              <g key={tick}>
                <line x1={x(tick)} x2={x(tick)} y1={axisY} y2={axisY + 4} stroke="var(--ink-soft)" />
                <text x={x(tick)} y={axisY + 17} textAnchor="middle" className="plot-small">
                  {tick === 0 ? "0" : signed(tick, 2)}
                </text>
              </g>
            ))}
            <line x1={0} x2={width} y1={axisY} y2={axisY} stroke="var(--hairline)" />
            <line x1={x(0)} x2={x(0)} y1={4} y2={axisY} stroke={ink} strokeDasharray="3 3" />
            {seeds.map(({ seed, value }) => (
              <line
                key={seed}
                x1={x(value)}
                x2={x(value)}
                y1={axisY - 9}
                y2={axisY - 1}
                stroke="var(--ink-soft)"
                strokeWidth={1.5}
              >
                <title>{`seed ${seed}: ${signed(value)}`}</title>
              </line>
            ))}
            {isNumber(low) && isNumber(high) && (
              <path
                d={`M${x(low)} 26v12M${x(low)} 32H${x(high)}M${x(high)} 26v12`}
                stroke={ink}
                strokeWidth={2}
                fill="none"
              />
            )}
            <text x={0} y={height - 6} className="plot-small">
              ← {short(left.name)} better
            </text>
            <text x={width} y={height - 6} textAnchor="end" className="plot-small">
              {short(right.name)} better →
            </text>
            <circle
              cx={x(estimate)}
              cy={32}
              r={5.5}
              fill={model.b.look.color}
              stroke="var(--surface)"
              strokeWidth={1.5}
            />
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
