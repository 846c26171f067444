"use client";
import { Select } from "@mantine/core";
import { useState } from "react";
import { niceTicks } from "@/features/comparison/ticks";
import { linear } from "@/features/scoredSet/plot/scale";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { Answer } from "./answer.ts";

const [head, row, foot, right] = [24, 18, 34, 96] as const;

/** The share of each layer's filters that are dead, before (open) and after training (filled). */
export function DeadPlot({ answer }: { readonly answer: Answer }) {
  const [on, setOn] = useState("validation");
  const [box, width] = useWidth();
  const { layers, images, validationItems } = answer;
  const ways = [
    { value: "validation", label: `on all ${validationItems} validation items` },
    { value: "both", label: "on both images" },
    ...images.map(({ name }, i) => ({ value: String(i), label: `on ${name}` })),
  ];
  const rows = layers.map(({ layer, filters, images: each, both, validation }) => ({
    name: layer.replace(/\/relu$/, ""),
    filters,
    dead: on === "validation" ? validation : on === "both" ? both : each[Number(on)]!,
  }));
  const left = Math.max(...rows.map(({ name }) => name.length)) * 6.1 + 16;
  const highest = Math.max(0.05, ...rows.flatMap(({ dead, filters }) => [dead.before / filters, dead.after / filters]));
  const place = linear([0, highest], [left, Math.max(left + 60, width - right)]);
  const height = head + row * rows.length + foot;
  const label = rows
    .map(({ name, dead, filters }) => `${name} ${dead.before} → ${dead.after} of ${filters}`)
    .join(", ");
  return (
    <>
      <Select
        label="Dead"
        size="xs"
        maw={320}
        mb="xs"
        allowDeselect={false}
        value={on}
        onChange={(value) => setOn(value ?? "validation")}
        data={ways}
      />
      <PlotFrame file={fileName("dead filters")}>
        <div ref={box} style={{ minHeight: height }}>
          {width > 0 && (
            <svg
              data-plot
              width={width}
              height={height}
              className="plot"
              style={{ display: "block" }}
              role="img"
              aria-label={`Dead filters by layer, before and after training: ${label}`}
            >
              <circle
                cx={left + 5}
                cy={9}
                r={4}
                fill="var(--surface)"
                stroke="var(--mantine-color-anchor)"
                strokeWidth={1.5}
              />
              <text x={left + 14} y={13} className="plot-small">
                before
              </text>
              <circle cx={left + 66} cy={9} r={4} fill="var(--mantine-color-anchor)" />
              <text x={left + 75} y={13} className="plot-small">
                after
              </text>
              {niceTicks(0, highest, (width - left - right) / 70).map((tick) => (
                <g key={tick}>
                  <line x1={place(tick)} x2={place(tick)} y1={head} y2={height - foot} stroke="var(--hairline)" />
                  <text x={place(tick)} y={height - foot + 15} textAnchor="middle" className="plot-small">
                    {`${Number((100 * tick).toFixed(1))} %`}
                  </text>
                </g>
              ))}
              <text x={left} y={height - 4} className="plot-small">
                share of the layer's filters
              </text>
              {rows.map(({ name, dead, filters }, at) => {
                const y = head + (at + 0.5) * row;
                const [before, after] = [place(dead.before / filters), place(dead.after / filters)];
                return (
                  <g key={name}>
                    <text x={left - 8} y={y + 4} textAnchor="end" className="plot-small">
                      {name}
                    </text>
                    <path d={`M${before} ${y}H${after}`} stroke="var(--mantine-color-anchor)" opacity={0.5} />
                    <circle cx={after} cy={y} r={4} fill="var(--mantine-color-anchor)" />
                    <circle
                      cx={before}
                      cy={y}
                      r={4}
                      fill="var(--surface)"
                      stroke="var(--mantine-color-anchor)"
                      strokeWidth={1.5}
                    />
                    <text x={width} y={y + 4} textAnchor="end" className="plot-small">
                      {dead.before} → {dead.after} of {filters}
                    </text>
                  </g>
                );
              })}
            </svg>
          )}
        </div>
      </PlotFrame>
    </>
  );
}
