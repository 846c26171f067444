"use client";
import { Text } from "@mantine/core";
import { type PointerEvent, useState } from "react";
import { linear } from "@/features/scoredSet/plot/scale";
import { score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { ClassScores, RocPoint } from "./model.ts";
import { nearestPoint, rocLabel, rocPath, thresholdText } from "./rocPath.ts";

interface Props {
  readonly shown: ClassScores;
  readonly specificity: number;
}

const frame = { left: 44, right: 12, top: 20, foot: 40, most: 420 } as const;
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Sensitivity against the false positive rate; the point at the asked specificity is marked, the pointed one told below. */
export function RocChart({ shown, specificity }: Props) {
  const [box, boxWidth] = useWidth();
  const [pointed, setPointed] = useState<RocPoint | null>(null);
  const side = Math.max(160, Math.min(boxWidth, frame.most) - frame.left - frame.right);
  const [width, height] = [side + frame.left + frame.right, side + frame.top + frame.foot];
  const x = linear([0, 1], [frame.left, frame.left + side]);
  const y = linear([0, 1], [frame.top + side, frame.top]);
  const { roc, atSpecificity } = shown;
  if (!roc) return <Text size="sm">{rocLabel(shown, specificity)}</Text>;

  function point(event: PointerEvent<SVGSVGElement>) {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    setPointed(nearestPoint(roc!, { x: event.clientX - left, y: event.clientY - top }, x, y));
  }
  return (
    <PlotFrame file={fileName("roc", shown.name)}>
      <div ref={box} style={{ minHeight: height }}>
        {boxWidth > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            role="img"
            aria-label={rocLabel(shown, specificity)}
            onPointerMove={point}
            onPointerLeave={() => setPointed(null)}
          >
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
                <line x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} stroke="var(--hairline)" />
                <text x={x(0) - 8} y={y(tick) + 4} textAnchor="end" className="plot-small">
                  {tick}
                </text>
                <text x={x(tick)} y={y(0) + 16} textAnchor="middle" className="plot-small">
                  {tick}
                </text>
              </g>
            ))}
            <text x={0} y={11} className="plot-small">
              sensitivity
            </text>
            <text x={x(1)} y={y(0) + 32} textAnchor="end" className="plot-small">
              1 − specificity
            </text>
            <path d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} stroke="var(--ink-soft)" strokeDasharray="4 4" fill="none" />
            <path
              d={rocPath(roc, x, y)}
              stroke="var(--mantine-color-anchor)"
              strokeWidth={2}
              strokeLinejoin="round"
              fill="none"
            />
            {atSpecificity && (
              <circle
                cx={x(1 - atSpecificity.specificity)}
                cy={y(atSpecificity.sensitivity)}
                r={5}
                fill="var(--surface)"
                stroke="var(--mantine-color-anchor)"
                strokeWidth={2}
              >
                <title>{`sensitivity ${score(atSpecificity.sensitivity)} at specificity ${score(atSpecificity.specificity)}`}</title>
              </circle>
            )}
            {pointed && (
              <circle
                cx={x(pointed.falsePositiveRate)}
                cy={y(pointed.sensitivity)}
                r={4}
                fill="var(--mantine-color-anchor)"
              />
            )}
          </svg>
        )}
      </div>
      <Text size="xs" c="dimmed" style={{ minHeight: "1.5em" }}>
        {pointed
          ? `Present ${thresholdText(pointed)}: sensitivity ${score(pointed.sensitivity)}, specificity ${score(1 - pointed.falsePositiveRate)}`
          : "Dashed: chance. Ring: the asked specificity; its threshold is chosen on these items."}
      </Text>
    </PlotFrame>
  );
}
