"use client";
import { linear } from "@/features/scoredSet/plot/scale";
import type { SimilarityMeasure } from "@/gql/graphql";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { allLeft, type Checks, cascadeLabel, cascadeLines, measureName, mostlyLeft } from "./checkText.ts";

interface Drawn {
  readonly color: string;
  readonly dash?: string;
}

/** Told apart by their dashes, too. */
export const lineOf: Readonly<Record<SimilarityMeasure, Drawn>> = {
  SIGNED: { color: "var(--mantine-color-anchor)" },
  MAGNITUDE: { color: "var(--stamp)", dash: "7 3" },
  STRUCTURE: { color: "var(--ink-soft)", dash: "2 3" },
};

const frame = { left: 40, right: 14, top: 10, plot: 170, foot: 84 } as const;

interface Props {
  readonly checks: Pick<Checks, "cascade">;
  readonly name: string;
}

/** The share of a map that is left, block after block made random from the head downwards. */
export function CascadePlot({ checks, name }: Props) {
  const [box, width] = useWidth();
  const lines = cascadeLines(checks);
  const all = lines.flatMap(({ values }) => values);
  const low = Math.min(-0.2, ...all);
  const blocks = ["none", ...checks.cascade.map(({ block }) => block)];
  const x = linear([0, blocks.length - 1], [frame.left, Math.max(frame.left + 60, width - frame.right)]);
  const y = linear([low, 1], [frame.top + frame.plot, frame.top]);
  const height = frame.top + frame.plot + frame.foot;
  const apart = Math.max(1, Math.ceil(16 / (x(1) - x(0) || 16)));
  return (
    <PlotFrame file={fileName("cascade", name)}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            className="plot"
            style={{ display: "block" }}
            role="img"
            aria-label={cascadeLabel(checks)}
          >
            {[0, mostlyLeft, allLeft, 1].map((tick) => (
              <g key={tick}>
                <line
                  x1={frame.left}
                  x2={width - frame.right}
                  y1={y(tick)}
                  y2={y(tick)}
                  stroke={tick === mostlyLeft || tick === allLeft ? "var(--stamp)" : "var(--hairline)"}
                  strokeDasharray={tick === mostlyLeft || tick === allLeft ? "4 4" : undefined}
                />
                <text x={frame.left - 8} y={y(tick) + 4} textAnchor="end" className="plot-small">
                  {tick}
                </text>
              </g>
            ))}
            {blocks.map((block, at) =>
              at % apart === 0 || at === blocks.length - 1 ? (
                <text
                  key={block}
                  className="plot-small"
                  textAnchor="end"
                  transform={`translate(${x(at) + 4} ${frame.top + frame.plot + 14}) rotate(-50)`}
                >
                  {block}
                </text>
              ) : null,
            )}
            {lines.map(({ measure, values }) => {
              const { color, dash } = lineOf[measure];
              const points = [1, ...values].map((value, at) => `${x(at)} ${y(value)}`);
              return (
                <path
                  key={measure}
                  d={`M${points.join("L")}`}
                  fill="none"
                  stroke={color}
                  strokeWidth={2}
                  strokeDasharray={dash}
                  strokeLinejoin="round"
                >
                  <title>{measureName[measure]}</title>
                </path>
              );
            })}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
