"use client";
import { niceTicks } from "@/features/comparison/ticks";
import { isNumber } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { ScrollFrame } from "@/ui/ScrollFrame";
import type { SetArm } from "../model.ts";
import { PlotMark } from "../plot/PlotMark.tsx";
import { linear, paddedRange } from "../plot/scale.ts";
import { errorText, filledStrata, type SizeBoard } from "./sizes.ts";

interface Props {
  readonly board: SizeBoard;
  readonly arms: readonly SetArm[];
}

const frame = { left: 40, right: 8, top: 18, plot: 230, foot: 42 } as const;
const axisY = frame.top + frame.plot;
const height = axisY + frame.foot;

/** The equivalent error of the outline per stratum of size: flat where an arm draws small regions as well as large ones. */
export function BoundaryErrorChart({ board, arms }: Props) {
  const [box, boxWidth] = useWidth();
  const strata = filledStrata(board);
  const columns = [
    ...strata.map(({ label, items, arms: scores }) => ({
      label,
      items,
      scores: scores.map((each) => ({
        arm: each.arm,
        mean: each.equivalentError,
        low: each.errorLow,
        high: each.errorHigh,
      })),
    })),
    {
      label: "all sizes",
      items: Math.max(0, ...board.arms.map(({ items }) => items)),
      scores: board.arms.map(({ arm, equivalentError, low, high }) => ({ arm, mean: equivalentError, low, high })),
    },
  ];
  const width = Math.max(boxWidth, 70 * columns.length + frame.left);
  const values = columns.flatMap(({ scores }) =>
    scores.flatMap(({ mean, low, high }) => [mean, low, high].filter(isNumber)),
  );
  const range = paddedRange([0, ...values], [0, Number.POSITIVE_INFINITY], 1);
  const y = linear(range, [axisY, frame.top]);
  const columnWidth = (width - frame.left - frame.right) / columns.length;
  const x = (column: number) => frame.left + (column + 0.5) * columnWidth;
  const aside = (arm: number) => (arm - (arms.length - 1) / 2) * Math.min(16, columnWidth / (arms.length + 1));
  const text = columns
    .map(
      ({ label, items, scores }) =>
        `${label}, n = ${items}: ${scores.map(({ arm, mean }) => `${arm} ${errorText(mean)}`).join(", ")}`,
    )
    .join("; ");
  return (
    <PlotFrame file={fileName("outline error by region size")}>
      <ScrollFrame label="Outline error by region size">
        <div ref={box} style={{ minHeight: height }}>
          {boxWidth > 0 && (
            <svg
              data-plot
              width={width}
              height={height}
              style={{ display: "block" }}
              role="img"
              aria-label={`Equivalent boundary error: ${text}.`}
            >
              <rect
                x={x(columns.length - 1) - columnWidth / 2}
                width={columnWidth}
                y={frame.top}
                height={frame.plot}
                fill="var(--ink-soft)"
                opacity={0.07}
              />
              {niceTicks(range[0], range[1], 5).map((tick) => (
                <g key={tick}>
                  <line x1={frame.left} x2={width - frame.right} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
                  <text x={frame.left - 8} y={y(tick) + 4} textAnchor="end" className="plot-small">
                    {tick}
                  </text>
                </g>
              ))}
              <text x={0} y={10} className="plot-small">
                outline error, px
              </text>
              {columns.map(({ label, items, scores }, column) => (
                <g key={label}>
                  <text x={x(column)} y={axisY + 16} textAnchor="middle" className="plot-small">
                    {label}
                  </text>
                  <text x={x(column)} y={axisY + 30} textAnchor="middle" className="plot-small">
                    n = {items}
                  </text>
                  {arms.map((arm, place) => {
                    const found = scores.find((each) => each.arm === arm.name);
                    if (!found || !isNumber(found.mean)) return null;
                    const middle = x(column) + aside(place);
                    const { mean, low, high } = found;
                    return (
                      <g key={arm.name}>
                        {isNumber(low) && isNumber(high) && (
                          <path
                            d={`M${middle - 4} ${y(low)}h8M${middle} ${y(low)}V${y(high)}M${middle - 4} ${y(high)}h8`}
                            stroke={arm.look.color}
                            strokeWidth={1.6}
                            fill="none"
                          />
                        )}
                        <PlotMark
                          look={arm.look}
                          x={middle}
                          y={y(mean)}
                          title={`${arm.name}, ${label}: ${errorText(mean)}${isNumber(low) && isNumber(high) ? ` (${errorText(low)} to ${errorText(high)})` : ", no interval"}`}
                        />
                      </g>
                    );
                  })}
                </g>
              ))}
            </svg>
          )}
        </div>
      </ScrollFrame>
    </PlotFrame>
  );
}
