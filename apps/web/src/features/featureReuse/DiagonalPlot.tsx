"use client";
import { niceTicks } from "@/features/comparison/ticks";
import { linear } from "@/features/scoredSet/plot/scale";
import { isNumber } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { type Answer, cellOf, type Similarity, sameBlocks } from "./comparison.ts";

interface Props {
  readonly answer: Answer;
  readonly similarity: Similarity;
}

const [head, row, foot, right] = [26, 22, 34, 40] as const;

/** Each block with its counterpart: its similarity, and as bars what the two nulls reach from their mean to their 95 %. */
export function DiagonalPlot({ answer, similarity }: Props) {
  const [box, width] = useWidth();
  const blocks = sameBlocks(answer);
  const cells = blocks.map(({ row: r, column: c }) => ({
    ...cellOf(similarity, r, c),
    randomMean: similarity.randomMean[r]?.[c] ?? null,
    shuffledMean: similarity.shuffledMean[r]?.[c] ?? null,
  }));
  const left = Math.max(...blocks.map(({ block }) => block.length)) * 6.1 + 16;
  const all = cells.flatMap((each) => [each.value, each.random, each.shuffled, each.shuffledMean].filter(isNumber));
  const low = Math.min(0, ...all);
  const place = linear([low, 1], [left, Math.max(left + 60, width - right)]);
  const height = head + row * blocks.length + foot;
  return (
    <PlotFrame file={fileName("feature reuse", "diagonal")}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            className="plot"
            style={{ display: "block" }}
            role="img"
            aria-label={labelOf(blocks, cells)}
          >
            <Key x={left} />
            {niceTicks(low, 1, (width - left - right) / 60).map((tick) => (
              <g key={tick}>
                <line x1={place(tick)} x2={place(tick)} y1={head} y2={height - foot} stroke="var(--hairline)" />
                <text x={place(tick)} y={height - foot + 15} textAnchor="middle" className="plot-small">
                  {String(tick).replace("-", "−")}
                </text>
              </g>
            ))}
            <text x={left} y={height - 4} className="plot-small">
              CKA
            </text>
            {cells.map((cell, at) => {
              const y = head + (at + 0.5) * row;
              return (
                <g key={blocks[at]!.block}>
                  <text x={left - 8} y={y + 4} textAnchor="end" className="plot-small">
                    {blocks[at]!.block}
                  </text>
                  <Bar from={cell.randomMean} to={cell.random} y={y - 3.5} place={place} color="var(--ink-soft)" />
                  <Bar from={cell.shuffledMean} to={cell.shuffled} y={y + 3.5} place={place} color="var(--stamp)" />
                  {isNumber(cell.value) && (
                    <circle
                      cx={place(cell.value)}
                      cy={y}
                      r={5}
                      fill={cell.inRandom || cell.inShuffled ? "var(--surface)" : "var(--mantine-color-anchor)"}
                      stroke="var(--mantine-color-anchor)"
                      strokeWidth={1.8}
                    >
                      <title>{`${blocks[at]!.block}: ${cell.value.toFixed(3)}`}</title>
                    </circle>
                  )}
                  <text x={width} y={y + 4} textAnchor="end" className="plot-small">
                    {isNumber(cell.value) ? cell.value.toFixed(2).replace("-", "−") : "–"}
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

function Key({ x }: { readonly x: number }) {
  return (
    <g>
      <circle cx={x + 5} cy={10} r={4.5} fill="var(--mantine-color-anchor)" />
      <text x={x + 15} y={14} className="plot-small">
        CKA
      </text>
      <rect x={x + 48} y={7} width={14} height={6} fill="var(--ink-soft)" opacity={0.55} />
      <text x={x + 66} y={14} className="plot-small">
        random nets
      </text>
      <rect x={x + 138} y={7} width={14} height={6} fill="var(--stamp)" opacity={0.55} />
      <text x={x + 156} y={14} className="plot-small">
        shuffled
      </text>
    </g>
  );
}

interface BarProps {
  readonly from: number | null;
  readonly to: number | null;
  readonly y: number;
  readonly place: (value: number) => number;
  readonly color: string;
}

function Bar({ from, to, y, place, color }: BarProps) {
  if (!isNumber(from) || !isNumber(to)) return null;
  const width = Math.max(2, place(to) - place(from));
  return <rect x={place(from)} y={y - 3} width={width} height={6} fill={color} opacity={0.55} />;
}

const labelOf = (
  blocks: readonly { readonly block: string }[],
  cells: readonly { readonly value: number | null; readonly random: number | null }[], // biome-ignore format: one line
) =>
  `CKA by block, beside what random nets reach: ${cells
    .map(
      ({ value, random }, i) =>
        `${blocks[i]!.block} ${value?.toFixed(2) ?? "undefined"} (${random?.toFixed(2) ?? "undefined"})`,
    )
    .join(", ")}`;
