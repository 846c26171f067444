"use client";
import { Text } from "@mantine/core";
import { linear } from "@/features/scoredSet/plot/scale";
import { score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { Calibration } from "./model.ts";
import { fewItems, reliabilityLabel, reliabilityMarks } from "./reliabilityMarks.ts";

interface Props {
  readonly calibration: Calibration;
  /** Whose probability it is. */
  readonly of: string;
}

const frame = { left: 44, right: 12, top: 20, gap: 8, counts: 44, foot: 40, most: 420 } as const;
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Share of items against the probability that was said of them; below, how many items each bin holds. */
export function ReliabilityChart({ calibration, of }: Props) {
  const [box, boxWidth] = useWidth();
  const side = Math.max(160, Math.min(boxWidth, frame.most) - frame.left - frame.right);
  const plot = side - frame.gap - frame.counts; // as high as the ROC curve beside it
  const [width, height] = [side + frame.left + frame.right, side + frame.top + frame.foot];
  const x = linear([0, 1], [frame.left, frame.left + side]);
  const y = linear([0, 1], [frame.top + plot, frame.top]);
  const floor = frame.top + side;
  const marks = reliabilityMarks(calibration);
  if (marks.length === 0) return <Text size="sm">{reliabilityLabel(calibration)}</Text>;
  const most = Math.max(...marks.map(({ n }) => n));
  const binWidth = side / calibration.bins.length;
  return (
    <PlotFrame file={fileName("reliability", of)}>
      <div ref={box} style={{ minHeight: height }}>
        {boxWidth > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            role="img"
            aria-label={reliabilityLabel(calibration)}
          >
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
                <text x={x(0) - 8} y={y(tick) + 4} textAnchor="end" className="plot-small">
                  {tick}
                </text>
                <text x={x(tick)} y={floor + 16} textAnchor="middle" className="plot-small">
                  {tick}
                </text>
              </g>
            ))}
            <text x={0} y={11} className="plot-small">
              share of items
            </text>
            <text x={x(1)} y={floor + 32} textAnchor="end" className="plot-small">
              probability of {of}
            </text>
            <path d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} stroke="var(--ink-soft)" strokeDasharray="4 4" fill="none" />
            {calibration.bins.map(({ from, n }) => (
              <rect
                key={from}
                x={x(from) + 1}
                width={Math.max(1, binWidth - 2)}
                y={floor - (n / most) * frame.counts}
                height={(n / most) * frame.counts}
                fill="var(--ink-soft)"
                opacity={0.35}
              />
            ))}
            {marks.map(({ confidence, share, few, text }) => (
              <g key={confidence}>
                <path
                  d={`M${x(confidence)} ${y(confidence)}V${y(share)}`}
                  stroke="var(--mantine-color-anchor)"
                  strokeWidth={1.5}
                  opacity={0.5}
                />
                <circle
                  cx={x(confidence)}
                  cy={y(share)}
                  r={4.5}
                  fill={few ? "var(--surface)" : "var(--mantine-color-anchor)"}
                  stroke="var(--mantine-color-anchor)"
                  strokeWidth={1.5}
                >
                  <title>{text}</title>
                </circle>
              </g>
            ))}
          </svg>
        )}
      </div>
      <Text size="xs" c="dimmed">
        Calibration error {score(calibration.error)}, the mean of the lines by items. Open: fewer than {fewItems} items.
        Bars: items per bin, at most {most}.
      </Text>
    </PlotFrame>
  );
}
