"use client";
import { niceTicks } from "@/features/comparison/ticks";
import { isNumber, plural, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { ScrollFrame } from "@/ui/ScrollFrame";
import type { SetArm } from "../model.ts";
import { dashArray, PlotMark } from "../plot/PlotMark.tsx";
import { conventionLayout, frame, type PlacedArm } from "./conventionLayout.ts";
import { choices, conventionPhrase, type Ledger } from "./conventions.ts";
import { ledgerSentence } from "./sentences.ts";

interface Props {
  readonly ledger: Ledger;
  readonly arms: readonly SetArm[];
}

const leastWidth = 640;
const axisY = frame.top + frame.plot;
const height = axisY + 14 + choices.length * frame.line + 8;

/** The same masks under every convention: what moves a line up or down, or across another, is bookkeeping. */
export function ConventionChart({ ledger, arms }: Props) {
  const [box, boxWidth] = useWidth();
  const width = Math.max(boxWidth, leastWidth);
  const { rows, swaps } = ledger;
  const { range, x, y, columnWidth, placed, crossed } = conventionLayout(ledger, arms, width);
  const swapsOf = (key: string) => swaps.filter((swap) => swap.key === key).length;
  return (
    <PlotFrame file={fileName("Dice ledger")}>
      <ScrollFrame label="Dice under every convention">
        <div ref={box} style={{ minHeight: height }}>
          {boxWidth > 0 && (
            <svg
              data-plot
              width={width}
              height={height}
              style={{ display: "block" }}
              role="img"
              aria-label={`${ledgerSentence(ledger)} The table below holds the numbers.`}
            >
              {rows.map((row, column) => (
                <ColumnGround
                  key={row.key}
                  left={x(column) - columnWidth / 2}
                  width={columnWidth}
                  title={column === 0 ? "reference" : swapsOf(row.key) > 0 ? plural(swapsOf(row.key), "swap") : ""}
                  swapped={swapsOf(row.key) > 0}
                />
              ))}
              {niceTicks(range[0], range[1], 6).map((tick) => (
                <g key={tick}>
                  <line x1={frame.left} x2={width - frame.right} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
                  <text x={frame.left - 8} y={y(tick) + 4} textAnchor="end" className="plot-small">
                    {Number(tick.toFixed(4))}
                  </text>
                </g>
              ))}
              <text x={frame.left - 8} y={frame.top - 10} textAnchor="end" className="plot-small">
                Dice
              </text>
              {placed.map((each) => (
                <ArmLine key={each.arm.name} placed={each} right={width - frame.right} />
              ))}
              {crossed.map((at) => (
                <circle
                  key={`${at.x} ${at.y}`}
                  cx={at.x}
                  cy={at.y}
                  r={7}
                  fill="none"
                  stroke="var(--stamp)"
                  strokeWidth={1.6}
                >
                  <title>the order changes here</title>
                </circle>
              ))}
              {choices.map(({ title, of }, line) => (
                <g key={title}>
                  <text x={frame.left - 8} y={axisY + 24 + line * frame.line} textAnchor="end" className="plot-small">
                    {title}
                  </text>
                  {rows.map((row, column) => (
                    <text
                      key={row.key}
                      x={x(column)}
                      y={axisY + 24 + line * frame.line}
                      textAnchor="middle"
                      className="plot-small"
                      style={
                        of(row) === of(rows[0]!) ? undefined : { fontWeight: 650, fill: "var(--mantine-color-text)" }
                      }
                    >
                      {of(row)}
                      <title>{conventionPhrase(row)}</title>
                    </text>
                  ))}
                </g>
              ))}
            </svg>
          )}
        </div>
      </ScrollFrame>
    </PlotFrame>
  );
}

interface GroundProps {
  readonly left: number;
  readonly width: number;
  readonly title: string;
  readonly swapped: boolean;
}

function ColumnGround({ left, width, title, swapped }: GroundProps) {
  const ink = swapped ? "var(--stamp)" : "var(--ink-soft)";
  return (
    <g>
      {title && (
        <>
          <rect
            x={left + 1}
            width={Math.max(0, width - 2)}
            y={frame.top}
            height={frame.plot}
            fill={ink}
            opacity={swapped ? 0.1 : 0.07}
          />
          <text x={left + width / 2} y={frame.top - 8} textAnchor="middle" className="plot-small" style={{ fill: ink }}>
            {title}
          </text>
        </>
      )}
    </g>
  );
}

function ArmLine({ placed: { arm, points, labelY }, right }: { readonly placed: PlacedArm; readonly right: number }) {
  const last = points.at(-1)!;
  return (
    <g>
      <path
        d={`M${points.map(({ x, y }) => `${x} ${y}`).join("L")}`}
        fill="none"
        stroke={arm.look.color}
        strokeWidth={2}
        strokeDasharray={dashArray(arm.look.dash)}
      />
      {points.map(({ x, lowY, highY }) =>
        lowY !== null && highY !== null ? (
          <path key={x} d={`M${x} ${lowY}V${highY}`} stroke={arm.look.color} strokeWidth={1.2} opacity={0.7} />
        ) : null,
      )}
      {points.map(({ x, y, score: { mean, low, high, seeds } }) => (
        <PlotMark
          key={x}
          look={arm.look}
          x={x}
          y={y}
          title={`${arm.name}: ${score(mean)}${isNumber(low) && isNumber(high) ? ` (${score(low)} to ${score(high)}, ${plural(seeds, "seed")})` : ""}`}
        />
      ))}
      <path d={`M${last.x + 8} ${last.y}L${right + 6} ${labelY - 4}`} stroke="var(--hairline)" fill="none" />
      <text x={right + 10} y={labelY} className="plot-label" style={{ fontWeight: 600, fill: arm.look.color }}>
        {arm.name.length > 20 ? `${arm.name.slice(0, 19)}…` : arm.name}
        <title>{arm.name}</title>
      </text>
      <text x={right + 10} y={labelY + 14} className="plot-small">
        {score(last.score.mean)}
      </text>
    </g>
  );
}
