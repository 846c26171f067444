"use client";
import { Text } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { isNumber } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useScheme } from "@/lib/useScheme";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { ScrollFrame } from "@/ui/ScrollFrame";
import { type Answer, cellOf, cellText, type Similarity } from "./comparison.ts";
import { heatColor, heatInk } from "./heat.ts";

interface Props {
  readonly answer: Answer;
  readonly similarity: Similarity;
  readonly nameA: string;
  readonly nameB: string;
}

const letter = 6.1; // px, of the small type
const [least, most, foot] = [15, 34, 54] as const;
const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Rows are a's blocks, columns b's. One cell is a tab stop; the arrows move from there. Cells inside a null are hatched. */
export function HeatMap({ answer, similarity, nameA, nameB }: Props) {
  const scheme = useScheme();
  const [box, width] = useWidth();
  const { blocksA, blocksB } = answer;
  const [[row, column], setCell] = useState<readonly [number, number]>([0, 0]);
  const grid = useRef<SVGGElement>(null);
  const longest = (names: readonly string[]) => Math.max(...names.map((name) => name.length)) * letter;
  const left = longest(blocksA) + 24;
  const head = longest(blocksB) * 0.72 + 26;
  const side = Math.max(least, Math.min(most, Math.floor((width - left - head * 0.7) / blocksB.length)));
  const [drawnWidth, drawnHeight] = [left + side * blocksB.length + head * 0.75, head + side * blocksA.length + foot];

  function move(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const clamp = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
    const next = [clamp(row + step[0], blocksA.length), clamp(column + step[1], blocksB.length)] as const;
    setCell(next);
    grid.current?.querySelector<SVGRectElement>(`[data-cell="${next.join(" ")}"]`)?.focus();
  }

  return (
    <>
      <Text size="sm" aria-live="polite" mih={40}>
        {cellText(answer, similarity, row, column)}.
      </Text>
      <PlotFrame file={fileName("feature reuse", "map")}>
        <div ref={box} style={{ minHeight: drawnHeight }}>
          {width > 0 && (
            <ScrollFrame label="Similarity of blocks">
              <svg data-plot width={drawnWidth} height={drawnHeight} className="plot" style={{ display: "block" }}>
                <title>{`CKA of ${nameA} (rows) and ${nameB} (columns)`}</title>
                <text
                  x={12}
                  y={head + (side * blocksA.length) / 2}
                  className="plot-small"
                  textAnchor="middle"
                  transform={`rotate(-90 12 ${head + (side * blocksA.length) / 2})`}
                >
                  {short(nameA, side * blocksA.length)}
                </text>
                <text x={left} y={drawnHeight - 34} className="plot-small">
                  {short(nameB, drawnWidth - left)}
                </text>
                {blocksB.map((block, at) => (
                  <text
                    key={block}
                    className="plot-small"
                    transform={`translate(${left + (at + 0.6) * side} ${head - 6}) rotate(-45)`}
                  >
                    {block}
                  </text>
                ))}
                {blocksA.map((block, at) => (
                  <text
                    key={block}
                    x={left - 6}
                    y={head + (at + 0.5) * side + 4}
                    textAnchor="end"
                    className="plot-small"
                  >
                    {block}
                  </text>
                ))}
                {/* biome-ignore lint/a11y/useSemanticElements: a grid of a drawing, which is saved as one */}
                <g
                  ref={grid}
                  role="grid"
                  aria-label={`CKA, ${blocksA.length} by ${blocksB.length} blocks`}
                  tabIndex={-1}
                  onKeyDown={move}
                >
                  {blocksA.map((block, r) => (
                    // biome-ignore lint/a11y/useSemanticElements: a row of a drawing
                    <g key={block} role="row" tabIndex={-1}>
                      {blocksB.map((other, c) => {
                        const { value, inRandom, inShuffled } = cellOf(similarity, r, c);
                        const [x, y] = [left + c * side, head + r * side];
                        const chosen = r === row && c === column;
                        return (
                          <g key={other}>
                            {/* biome-ignore lint/a11y/useSemanticElements: a cell of a drawing */}
                            <rect
                              x={x + 0.5}
                              y={y + 0.5}
                              width={side - 1}
                              height={side - 1}
                              role="gridcell"
                              data-cell={`${r} ${c}`}
                              tabIndex={chosen ? 0 : -1}
                              aria-label={cellText(answer, similarity, r, c)}
                              fill={isNumber(value) ? heatColor(value, scheme) : "none"}
                              stroke={chosen ? "var(--focus)" : isNumber(value) ? "none" : "var(--hairline)"}
                              strokeWidth={chosen ? 2 : 1}
                              onMouseEnter={() => setCell([r, c])}
                              onFocus={() => setCell([r, c])}
                            />
                            {isNumber(value) && (inRandom || inShuffled) && (
                              <path
                                d={hatch(x, y, side)}
                                stroke={heatInk(value, scheme)}
                                strokeWidth={1}
                                opacity={0.55}
                                pointerEvents="none"
                              />
                            )}
                          </g>
                        );
                      })}
                    </g>
                  ))}
                </g>
                <Key x={left} y={drawnHeight - 16} />
              </svg>
            </ScrollFrame>
          )}
        </div>
      </PlotFrame>
    </>
  );
}

const shades = [0, 0.25, 0.5, 0.75, 1] as const;

function Key({ x, y }: { readonly x: number; readonly y: number }) {
  const scheme = useScheme();
  const end = x + 14 + shades.length * 12;
  return (
    <g>
      <text x={x} y={y + 9} className="plot-small">
        0
      </text>
      {shades.map((shade, at) => (
        <rect key={shade} x={x + 10 + at * 12} y={y} width={12} height={10} fill={heatColor(shade, scheme)} />
      ))}
      <text x={end} y={y + 9} className="plot-small">
        1
      </text>
      <rect x={end + 20} y={y - 1} width={12} height={12} fill={heatColor(0.25, scheme)} />
      <path d={hatch(end + 20, y - 1, 12)} stroke={heatInk(0.25, scheme)} strokeWidth={1} opacity={0.55} />
      <text x={end + 37} y={y + 9} className="plot-small">
        inside a null
      </text>
    </g>
  );
}

/** Three lines across a cell. */
function hatch(x: number, y: number, side: number): string {
  const [low, high] = [2, side - 2];
  const middle = side / 2;
  return `M${x + low} ${y + high}L${x + high} ${y + low}M${x + low} ${y + middle}L${x + middle} ${y + low}M${x + middle} ${y + high}L${x + high} ${y + middle}`;
}

const short = (name: string, room: number): string => {
  const letters = Math.max(8, Math.floor(room / letter));
  return name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
};
