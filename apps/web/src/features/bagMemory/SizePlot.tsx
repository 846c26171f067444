"use client";
import type { ReactNode } from "react";
import { niceTicks } from "@/features/comparison/ticks";
import { linear, logarithmic } from "@/features/scoredSet/plot/scale";
import { count } from "@/lib/format";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { sizeTicks } from "./model.ts";

export interface SizePoint {
  readonly tiles: number;
  readonly value: number;
}

interface Props {
  /** Rising in tiles; at least two. */
  readonly line: readonly SizePoint[];
  readonly marks?: readonly SizePoint[];
  /** A level across, with its name. */
  readonly level?: { readonly value: number; readonly text: string };
  /** A size, with its name. */
  readonly size?: { readonly tiles: number; readonly text: string };
  readonly highest: number;
  readonly text: (value: number) => string;
  readonly title: string;
  readonly label: string;
  readonly file: string;
  readonly children?: ReactNode;
}

const [left, right, top, foot, height] = [64, 16, 22, 38, 250] as const;

/** Something against the size of a bag, tiles at equal steps of ratio. */
export function SizePlot({ line, marks = [], level, size, highest, text, title, label, file }: Props) {
  const [box, width] = useWidth();
  const sizes = line.map(({ tiles }) => tiles);
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const x = logarithmic([low, high], [left, Math.max(left + 60, width - right)]);
  const y = linear([0, highest], [height - foot, top]);
  const path = line.map(({ tiles, value }, i) => `${i === 0 ? "M" : "L"}${x(tiles)} ${y(value)}`).join("");
  return (
    <PlotFrame file={file}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            className="plot"
            style={{ display: "block" }}
            role="img"
            aria-label={label}
          >
            <text x={4} y={12} className="plot-small">
              {title}
            </text>
            {niceTicks(0, highest, 5).map((tick) => (
              <g key={tick}>
                <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
                <text x={left - 8} y={y(tick) + 4} textAnchor="end" className="plot-small">
                  {text(tick)}
                </text>
              </g>
            ))}
            {sizeTicks(low, high, (width - left - right) / 56).map((tick) => (
              <text
                key={tick}
                x={x(tick) > width - 2 * right ? width : x(tick)}
                y={height - foot + 16}
                textAnchor={x(tick) > width - 2 * right ? "end" : "middle"} // its name would leave the picture
                className="plot-small"
              >
                {count(tick)}
              </text>
            ))}
            <text x={(left + width - right) / 2} y={height - 4} textAnchor="middle" className="plot-small">
              tiles in a bag
            </text>
            {level && level.value <= highest && (
              <g>
                <line
                  x1={left}
                  x2={width - right}
                  y1={y(level.value)}
                  y2={y(level.value)}
                  stroke="var(--stamp)"
                  strokeDasharray="5 4"
                />
                <text x={left + 6} y={y(level.value) - 5} className="plot-small">
                  {level.text}
                </text>
              </g>
            )}
            {size && size.tiles >= low && size.tiles <= high && (
              <g>
                <line
                  x1={x(size.tiles)}
                  x2={x(size.tiles)}
                  y1={top}
                  y2={height - foot}
                  stroke="var(--stamp)"
                  strokeDasharray="5 4"
                />
                <text
                  x={x(size.tiles) + (x(size.tiles) > width / 2 ? -6 : 6)}
                  y={top + 26}
                  textAnchor={x(size.tiles) > width / 2 ? "end" : "start"}
                  className="plot-small"
                >
                  {size.text}
                </text>
              </g>
            )}
            <path d={path} fill="none" stroke="var(--mantine-color-anchor)" strokeWidth={2} />
            {marks.map(({ tiles, value }) => (
              <circle
                key={tiles}
                cx={x(tiles)}
                cy={y(value)}
                r={4}
                fill="var(--surface)"
                stroke="var(--mantine-color-anchor)"
                strokeWidth={1.5}
              />
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
