"use client";
import Link from "next/link";
import { CurveAxes, metricTitle } from "@/features/scoredSet/plot/CurveAxes";
import { bandPath, type Frame, linePath } from "@/features/scoredSet/plot/meanPoints";
import { dashArray, PlotMark } from "@/features/scoredSet/plot/PlotMark";
import { isNumber, plural, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { fractionMarks, fractionScales } from "./fractionMarks.ts";
import { type Board, fractionText, itemsText, type LookedArm, sharesOf } from "./model.ts";

interface Props {
  readonly board: Board;
  readonly arms: readonly LookedArm[];
  readonly name: string;
}

const plotHeight = 330;
const sizes = { left: 42, top: 22, bottom: 52, label: 150, narrow: 84 } as const;
/** Of the line that says how many subjects. */
const lineHeight = 13;

/** Final score over the share of the data: a line of means per arm, a band over its seeds, each seed a mark that opens its run. */
export function FractionPlot({ board, arms, name }: Props) {
  const [box, width] = useWidth();
  const narrow = width < 560;
  const right = narrow ? sizes.narrow : sizes.label;
  const shares = sharesOf(board);
  const more = shares === "subjects" ? lineHeight : 0;
  const [height, bottom] = [plotHeight + more, sizes.bottom + more];
  const frame: Frame = { ...sizes, bottom, width, height, right };
  const { isChanceShown, x, y, ticks } = fractionScales(board, arms, frame);
  const marks = fractionMarks(board, arms, frame);
  const floor = height - bottom;
  const letters = Math.floor((right - 8) / 6.1);
  const cellOf = new Map(board.arms.flatMap(({ cells }) => cells.map((cell) => [cell.fraction, cell])));
  const label = marks.map(
    ({ arm, cells }) =>
      `${arm.name}: ${cells.map(({ fraction, value }) => `${score(value)} at ${fractionText(fraction)}`).join(", ")}`,
  );
  return (
    <PlotFrame file={fileName(name, board.metric.label, "by share of the data")}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            className="plot"
            aria-label={`${board.metric.label} by share of the training ${shares}. ${label.join("; ")}`}
          >
            <CurveAxes
              {...{ frame, ticks, y, x }}
              title={metricTitle(board.metric)}
              xTicks={board.fractions}
              placeText={fractionText}
              xTitle={
                more > 0
                  ? "share of the training subjects; items; subjects"
                  : "share of the training items, and how many"
              }
            />
            {board.fractions.map((fraction) => (
              <g key={fraction}>
                <text x={x(fraction)} y={floor + 30} textAnchor="middle" className="plot-small">
                  {itemsText(cellOf.get(fraction)!)}
                </text>
                {more > 0 && (
                  <text x={x(fraction)} y={floor + 30 + lineHeight} textAnchor="middle" className="plot-small">
                    {cellOf.get(fraction)!.trainSubjects}
                  </text>
                )}
              </g>
            ))}
            {isNumber(board.chance) && isChanceShown && (
              <g>
                <line
                  x1={sizes.left}
                  x2={width - right}
                  y1={y(board.chance)}
                  y2={y(board.chance)}
                  stroke="var(--ink-soft)"
                  strokeDasharray="2 3"
                />
                <text x={sizes.left + 4} y={y(board.chance) - 4} className="plot-small">
                  chance {score(board.chance)}
                </text>
              </g>
            )}
            {isNumber(board.chance) && !isChanceShown && (
              <text x={sizes.left + 4} y={floor - 5} className="plot-small">
                chance, {score(board.chance)}, is off this scale
              </text>
            )}
            {marks.map(({ arm, cells }) => (
              <path key={arm.name} d={bandPath(cells)} fill={arm.look.color} opacity={0.13} />
            ))}
            {marks.map(({ arm, cells, label: at }) => (
              <g key={arm.name}>
                <path
                  d={linePath(cells)}
                  stroke={arm.look.color}
                  strokeWidth={2}
                  strokeDasharray={dashArray(arm.look.dash)}
                  fill="none"
                />
                {cells.map((cell) => (
                  <g key={cell.fraction}>
                    {cell.seeds.map((seed) => (
                      <Link
                        key={seed.seed}
                        href={`/runs/${seed.runId}`}
                        className="plot-point"
                        aria-label={`${arm.name}, ${fractionText(cell.fraction)}, seed ${seed.seed}: ${board.metric.label} ${score(seed.value)}`}
                      >
                        <circle cx={seed.x} cy={seed.y} r={8} fill="transparent" />
                        <circle
                          cx={seed.x}
                          cy={seed.y}
                          r={2.6}
                          fill={arm.look.color}
                          opacity={0.75}
                          stroke="var(--surface)"
                          strokeWidth={0.6}
                        />
                        <title>{`${arm.name}, ${fractionText(cell.fraction)}, seed ${seed.seed}: ${score(seed.value)}`}</title>
                      </Link>
                    ))}
                    <PlotMark
                      look={arm.look}
                      x={cell.x}
                      y={cell.y}
                      title={`${arm.name}, ${fractionText(cell.fraction)}: mean ${score(cell.value)} over ${plural(cell.seeds.length, "seed")}`}
                    />
                  </g>
                ))}
                {at && (
                  <>
                    {at.anchorY !== null && (
                      <path
                        d={`M${cells.at(-1)!.x + 8} ${at.anchorY}L${at.x - 3} ${at.y}`}
                        stroke={arm.look.color}
                        strokeWidth={0.8}
                        opacity={0.6}
                      />
                    )}
                    <text
                      x={at.x}
                      y={at.y + 4}
                      className="plot-label"
                      style={{ fill: arm.look.color, fontWeight: 600 }}
                    >
                      {arm.name.length > letters ? `${arm.name.slice(0, letters - 1)}…` : arm.name}
                      <title>{arm.name}</title>
                    </text>
                  </>
                )}
              </g>
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
