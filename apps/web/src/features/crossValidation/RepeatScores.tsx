"use client";
import type { CrossValidationQuery } from "@/gql/graphql";
import type { ArmLooks } from "@/lib/arms";
import { isNumber, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { niceTicks } from "../comparison/ticks.ts";

export type ArmScores = NonNullable<NonNullable<CrossValidationQuery["experiment"]>["crossValidatedScores"]>[number];

const rowHeight = 44;
const top = 10;
const axis = 40;
const inset = 18;

/** One row per arm: a mark for each repeat, the mean as an upright bar, and mean ± SD below. */
export function RepeatScores({
  scores,
  look,
  metric,
}: {
  readonly scores: readonly ArmScores[];
  readonly look: ArmLooks;
  readonly metric: string;
}) {
  const [box, width] = useWidth();
  const values = scores.flatMap(({ perRepeat, mean, sd }) => [
    ...perRepeat,
    ...(isNumber(mean) && isNumber(sd) ? [mean - sd, mean + sd] : []),
  ]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = (most - least || 0.02) * 0.1;
  const x = (value: number) => inset + ((value - least + pad) / (most - least + 2 * pad)) * (width - 2 * inset);
  const bottom = top + scores.length * rowHeight;
  return (
    <PlotFrame file={fileName(`${metric} by repeat`)}>
      <div ref={box} style={{ minHeight: bottom + axis }}>
        <svg
          data-plot
          role="img"
          width={width}
          height={bottom + axis}
          style={{ display: "block" }}
          aria-label={`${metric} of every repeat, by arm`}
        >
          {niceTicks(least - pad, most + pad, width / 80).map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} stroke="var(--hairline)" />
              <text x={x(tick)} y={bottom + 15} textAnchor="middle" className="plot-small">
                {Number(tick.toFixed(4))}
              </text>
            </g>
          ))}
          <text x={width / 2} y={bottom + axis - 6} textAnchor="middle" className="plot-small">
            {metric}, all items, each scored by the model that did not see it
          </text>
          {scores.map((each, row) => (
            <ArmRow key={each.arm} scores={each} color={look(each.arm).color} y={top + row * rowHeight + 22} x={x} />
          ))}
        </svg>
      </div>
    </PlotFrame>
  );
}

interface ArmRowProps {
  readonly scores: ArmScores;
  readonly color: string;
  readonly y: number;
  readonly x: (value: number) => number;
}

function ArmRow({ scores: { arm, mean, sd, perRepeat }, color, y, x }: ArmRowProps) {
  return (
    <g>
      <text x={inset} y={y - 9} className="plot-small" fill="var(--ink)">
        {arm}
      </text>
      {isNumber(mean) && isNumber(sd) && (
        <line x1={x(mean - sd)} x2={x(mean + sd)} y1={y + 11} y2={y + 11} stroke={color} strokeWidth={2.5} />
      )}
      {isNumber(mean) && <line x1={x(mean)} x2={x(mean)} y1={y - 6} y2={y + 15} stroke={color} strokeWidth={2} />}
      {perRepeat.map((value, index) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a repeat's number is its place
          key={index}
          cx={x(value)}
          cy={y + 2}
          r={4.5}
          fill={color}
          fillOpacity={0.75}
          stroke="var(--surface)"
        >
          <title>{`${arm}, repeat ${index + 1}: ${score(value)}`}</title>
        </circle>
      ))}
    </g>
  );
}
