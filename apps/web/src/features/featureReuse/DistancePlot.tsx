"use client";
import { Text } from "@mantine/core";
import { niceTicks } from "@/features/comparison/ticks";
import { linear } from "@/features/scoredSet/plot/scale";
import { compact } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { Answer } from "./comparison.ts";

const [head, row, foot, right] = [22, 20, 34, 52] as const; // the save menu is above the values

/** How far each block's weights are apart, in units of the distance of two random nets. */
export function DistancePlot({ distances }: { readonly distances: NonNullable<Answer["distances"]> }) {
  const [box, width] = useWidth();
  const shares = distances.map(({ distance, randomDistance }) =>
    randomDistance > 0 ? distance / randomDistance : null,
  );
  const left = Math.max(...distances.map(({ block }) => block.length)) * 6.1 + 16;
  const highest = Math.max(1, ...shares.map((share) => share ?? 0));
  const place = linear([0, highest], [left, Math.max(left + 60, width - right)]);
  const height = head + row * distances.length + foot;
  const label = distances.map(({ block }, i) => `${block} ${shares[i]?.toFixed(2) ?? "undefined"}`).join(", ");
  return (
    <>
      <PlotFrame file={fileName("feature reuse", "distances")}>
        <div ref={box} style={{ minHeight: height }}>
          {width > 0 && (
            <svg
              data-plot
              width={width}
              height={height}
              className="plot"
              style={{ display: "block" }}
              role="img"
              aria-label={`Distance in weights, as a share of that of random nets: ${label}`}
            >
              {niceTicks(0, highest, (width - left - right) / 60).map((tick) => (
                <g key={tick}>
                  <line x1={place(tick)} x2={place(tick)} y1={head} y2={height - foot} stroke="var(--hairline)" />
                  <text x={place(tick)} y={height - foot + 15} textAnchor="middle" className="plot-small">
                    {tick}
                  </text>
                </g>
              ))}
              <line
                x1={place(1)}
                x2={place(1)}
                y1={head}
                y2={height - foot}
                stroke="var(--ink-soft)"
                strokeDasharray="3 3"
              />
              <text x={left} y={height - 4} className="plot-small">
                distance ÷ distance of two random nets
              </text>
              {distances.map(({ block, distance }, at) => (
                <g key={block}>
                  <text x={left - 8} y={head + (at + 0.5) * row + 4} textAnchor="end" className="plot-small">
                    {block}
                  </text>
                  <rect
                    x={left}
                    y={head + (at + 0.5) * row - 5}
                    width={Math.max(0, place(shares[at] ?? 0) - left)}
                    height={10}
                    fill="var(--mantine-color-anchor)"
                    opacity={0.8}
                  />
                  <text x={width} y={head + (at + 0.5) * row + 4} textAnchor="end" className="plot-small">
                    {compact(distance)}
                  </text>
                </g>
              ))}
            </svg>
          )}
        </div>
      </PlotFrame>
      <Text size="xs" c="dimmed">
        On the right the L2 norm of the difference of the block's weights (Neyshabur et al. 2020); moving averages are
        no weights and left out.
      </Text>
    </>
  );
}
