"use client";
import { niceTicks } from "@/features/comparison/ticks";
import { linear } from "@/features/scoredSet/plot/scale";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { gainRange, gainText, type Stage } from "./model.ts";

const rowHeight = 34;
const barHeight = 14;

interface Props {
  readonly stages: readonly Stage[];
  /** Place of the stage to fix first; null: undecided. */
  readonly first: number | null;
  readonly file: string;
}

/** A bar per stage: what the labels would gain if it were perfect, with its interval. */
export function GainPlot({ stages, first, file }: Props) {
  const [box, width] = useWidth();
  const narrow = width < 520;
  const [names, texts] = [narrow ? 64 : 96, narrow ? 12 : 170];
  const range = gainRange(stages);
  const x = linear(range, [names, Math.max(names + 60, width - texts)]);
  const height = stages.length * rowHeight + 26;
  const said = stages.map(({ name, gain }) => `${name} ${gainText(gain)} points`);
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
            aria-label={`Gain in label accuracy if the stage were perfect. ${said.join("; ")}`}
            className="plot"
          >
            {niceTicks(range[0], range[1], narrow ? 3 : 6).map((tick) => (
              <g key={tick}>
                <line x1={x(tick)} x2={x(tick)} y1={0} y2={height - 22} stroke="var(--hairline)" />
                <text x={x(tick)} y={height - 8} textAnchor="middle" className="plot-small">
                  {String(Number((100 * tick).toPrecision(6))).replace("-", "−")}
                </text>
              </g>
            ))}
            <line x1={x(0)} x2={x(0)} y1={0} y2={height - 22} stroke="var(--ink-soft)" />
            {stages.map(({ name, gain }, at) => {
              const middle = at * rowHeight + (narrow ? 21 : rowHeight / 2);
              const color = at === first ? "var(--stamp)" : "var(--mantine-color-anchor)";
              const [from, to] = [Math.min(x(0), x(gain.value)), Math.max(x(0), x(gain.value))];
              return (
                <g key={name}>
                  <text x={names - 10} y={middle + 4} textAnchor="end" className="plot-small">
                    {name}
                  </text>
                  <rect
                    x={from}
                    y={middle - barHeight / 2}
                    width={to - from}
                    height={barHeight}
                    fill={color}
                    opacity={0.45}
                  />
                  <path
                    d={`M${x(gain.low)} ${middle - 4}v8M${x(gain.low)} ${middle}H${x(gain.high)}M${x(gain.high)} ${middle - 4}v8`}
                    stroke={color}
                    strokeWidth={1.8}
                    fill="none"
                  />
                  <text
                    x={narrow ? names : width}
                    y={narrow ? middle - 10 : middle + 4}
                    textAnchor={narrow ? "start" : "end"}
                    className="plot-small"
                    style={{ fill: "var(--mantine-color-text)" }}
                  >
                    {gainText(gain)}
                    {at === first ? " · first" : ""}
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
