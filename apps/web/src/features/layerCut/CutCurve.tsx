"use client";
import { niceTicks } from "@/features/comparison/ticks";
import { linear, paddedRange } from "@/features/scoredSet/plot/scale";
import { isNumber, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { type Cut, type CutPoint, pointText } from "./cut.ts";

const [left, right, head, tall] = [52, 18, 14, 250] as const;

/** The score against the blocks transferred: every seed, the mean and its interval; the whole encoder's interval across; the statistics arm beside. */
export function CutCurve({ cut }: { readonly cut: Cut }) {
  const [box, width] = useWidth();
  const places = [...cut.points, ...(cut.statistics ? [cut.statistics] : [])];
  const foot = Math.max(...places.map((point) => pointText(point).length)) * 4.6 + 30;
  const values = places.flatMap(({ low, high, mean, perSeed }) =>
    [low, high, mean, ...perSeed.map((each) => each.mean)].filter(isNumber),
  );
  const range = paddedRange(values);
  const y = linear(range, [head + tall, head]);
  const all = cut.blocks.length;
  const last = all + (cut.statistics ? 1 : 0);
  const x = linear([-0.3, last + 0.3], [left, Math.max(left + 120, width - right)]);
  const placeOf = ({ k }: CutPoint) => x(k ?? all + 1);
  const whole = cut.points.at(-1);
  const drawn = cut.points.filter(({ mean }) => isNumber(mean));
  const band = drawn.filter(({ low, high }) => isNumber(low) && isNumber(high));
  return (
    <PlotFrame file={fileName("layer cut", cut.metric)}>
      <div ref={box} style={{ minHeight: head + tall + foot }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={head + tall + foot}
            className="plot"
            style={{ display: "block" }}
            role="img"
            aria-label={labelOf(cut)}
          >
            {niceTicks(range[0], range[1], 5).map((tick) => (
              <g key={tick}>
                <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
                <text x={left - 6} y={y(tick) + 4} textAnchor="end" className="plot-small">
                  {String(tick).replace("-", "−")}
                </text>
              </g>
            ))}
            <text className="plot-small" textAnchor="middle" transform={`translate(12 ${head + tall / 2}) rotate(-90)`}>
              {cut.metricLabel}
            </text>
            {whole && isNumber(whole.low) && isNumber(whole.high) && (
              <rect
                x={left}
                width={Math.max(0, width - right - left)}
                y={y(whole.high)}
                height={y(whole.low) - y(whole.high)}
                fill="var(--ink-soft)"
                opacity={0.13}
              />
            )}
            {band.length > 1 && (
              <path
                d={`M${band.map((point) => `${placeOf(point)} ${y(point.high!)}`).join("L")}L${band
                  .toReversed()
                  .map((point) => `${placeOf(point)} ${y(point.low!)}`)
                  .join("L")}Z`}
                fill="var(--mantine-color-anchor)"
                opacity={0.2}
              />
            )}
            {drawn.length > 1 && (
              <path
                d={`M${drawn.map((point) => `${placeOf(point)} ${y(point.mean!)}`).join("L")}`}
                fill="none"
                stroke="var(--mantine-color-anchor)"
                strokeWidth={2}
              />
            )}
            {isNumber(cut.smallest) && (
              <g>
                <line
                  x1={x(cut.smallest)}
                  x2={x(cut.smallest)}
                  y1={head}
                  y2={head + tall}
                  stroke="var(--stamp)"
                  strokeDasharray="4 3"
                />
                <text
                  x={x(cut.smallest) + 5}
                  y={head + tall - 6}
                  className="plot-small"
                  style={{ fill: "var(--stamp)" }}
                >
                  smallest
                </text>
              </g>
            )}
            {places.map((point) => (
              <Point key={point.arm} point={point} x={placeOf(point)} y={y} floor={head + tall} />
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}

interface PointProps {
  readonly point: CutPoint;
  readonly x: number;
  readonly y: (value: number) => number;
  readonly floor: number;
}

function Point({ point, x, y, floor }: PointProps) {
  const { mean, low, high, perSeed, k } = point;
  const color = k === null ? "var(--ink-soft)" : "var(--mantine-color-anchor)";
  return (
    <g>
      {perSeed.map(
        ({ seed, mean: one }) =>
          isNumber(one) && <circle key={seed} cx={x} cy={y(one)} r={2} fill="var(--ink-soft)" opacity={0.7} />,
      )}
      {isNumber(low) && isNumber(high) && (
        <line x1={x} x2={x} y1={y(low)} y2={y(high)} stroke={color} strokeWidth={1.6} />
      )}
      {isNumber(mean) && (
        <circle
          cx={x}
          cy={y(mean)}
          r={4.5}
          fill={k === null ? "var(--surface)" : color}
          stroke={color}
          strokeWidth={1.8}
        >
          <title>{`${point.arm}: ${score(mean)}`}</title>
        </circle>
      )}
      <text className="plot-small" textAnchor="end" transform={`translate(${x + 4} ${floor + 14}) rotate(-45)`}>
        {pointText(point)}
      </text>
    </g>
  );
}

const labelOf = ({ metricLabel, points, statistics }: Cut): string =>
  `${metricLabel} against the blocks transferred: ${[...points, ...(statistics ? [statistics] : [])]
    .map((point) => `${pointText(point)} ${isNumber(point.mean) ? point.mean.toFixed(3) : "not scored"}`)
    .join(", ")}`;
