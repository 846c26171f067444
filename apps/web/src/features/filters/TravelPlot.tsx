"use client";
import { niceTicks } from "@/features/comparison/ticks";
import { linear } from "@/features/scoredSet/plot/scale";
import { compact } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { Depth } from "./answer.ts";

/** Head: room for the way to save it. */
const [head, row, foot, right] = [20, 22, 34, 52] as const;

/** How far the filters of each depth travelled: a line from the least to the most, a box of the middle half, the median as a number. */
export function TravelPlot({ depths }: { readonly depths: readonly Depth[] }) {
  const [box, width] = useWidth();
  const left = Math.max(...depths.map(({ block }) => block.length)) * 6.1 + 16;
  const highest = Math.max(1e-9, ...depths.map(({ distances }) => distances?.high ?? 0));
  const place = linear([0, highest], [left, Math.max(left + 60, width - right)]);
  const height = head + row * depths.length + foot;
  const label = depths.map(({ block, distances }) => `${block} ${compact(distances?.middle)}`).join(", ");
  return (
    <PlotFrame file={fileName("filters", "distance travelled")}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            className="plot"
            style={{ display: "block" }}
            role="img"
            aria-label={`Median distance that filters travelled, relative to their start: ${label}`}
          >
            {niceTicks(0, highest, (width - left - right) / 70).map((tick) => (
              <g key={tick}>
                <line x1={place(tick)} x2={place(tick)} y1={head} y2={height - foot} stroke="var(--hairline)" />
                <text x={place(tick)} y={height - foot + 15} textAnchor="middle" className="plot-small">
                  {tick}
                </text>
              </g>
            ))}
            <text x={left} y={height - 4} className="plot-small">
              distance ÷ norm at the start
            </text>
            {depths.map(({ block, distances }, at) => {
              const y = head + (at + 0.5) * row;
              return (
                <g key={block}>
                  <text x={left - 8} y={y + 4} textAnchor="end" className="plot-small">
                    {block}
                  </text>
                  {distances && (
                    <>
                      <path d={`M${place(distances.low)} ${y}H${place(distances.high)}`} stroke="var(--ink-soft)" />
                      <rect
                        x={place(distances.quarter)}
                        y={y - 5}
                        width={Math.max(1.5, place(distances.threeQuarters) - place(distances.quarter))}
                        height={10}
                        fill="var(--mantine-color-anchor)"
                        opacity={0.7}
                      />
                      <path
                        d={`M${place(distances.middle)} ${y - 7}V${y + 7}`}
                        stroke="var(--mantine-color-anchor)"
                        strokeWidth={2}
                      />
                    </>
                  )}
                  <text x={width} y={y + 4} textAnchor="end" className="plot-small">
                    {compact(distances?.middle)}
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
