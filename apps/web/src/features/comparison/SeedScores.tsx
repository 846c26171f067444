"use client";
import { Table, Text } from "@mantine/core";
import Link from "next/link";
import { ArmName } from "@/features/curves/ArmKey";
import { isNumber, plural, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { ScoreComparison, Side } from "./model.ts";
import { niceTicks } from "./ticks.ts";

const height = 144;
const rows = [34, 82] as const;
const axisY = 106;
/** Room for half a tick's label at either end. */
const inset = 16;

/** Seeds as marks, one row per arm, paired by thin lines; a click on a mark opens its run. */
export function SeedScores({ model }: { readonly model: ScoreComparison }) {
  const [box, width] = useWidth();
  const { a, b, data, metric } = model;
  const values = [a, b].flatMap(({ score: arm }) => [
    ...arm.perSeed.flatMap((seed) => (isNumber(seed.mean) ? [seed.mean] : [])),
    ...(isNumber(arm.mean) && isNumber(arm.sd) ? [arm.mean - arm.sd, arm.mean + arm.sd] : []),
  ]);
  if (values.length === 0) return <Text size="sm">Every score is undefined under this convention.</Text>;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = (most - least || 0.02) * 0.1;
  const share = (value: number) => (value - least + pad) / (most - least + 2 * pad);
  const x = (value: number) => inset + share(value) * (width - 2 * inset);

  return (
    <>
      <PlotFrame file={fileName(`${metric} by seed`, a.name, b.name)}>
        <div ref={box} style={{ minHeight: height }}>
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            aria-label={`${metric} by seed and arm`}
          >
            {niceTicks(least - pad, most + pad, width / 80).map((tick) => (
              <g key={tick}>
                <line x1={x(tick)} x2={x(tick)} y1={10} y2={axisY} stroke="var(--hairline)" />
                <text x={x(tick)} y={axisY + 15} textAnchor="middle" className="plot-small">
                  {Number(tick.toFixed(4))}
                </text>
              </g>
            ))}
            {data.perSeed.map(({ seed, a: left, b: right }) =>
              isNumber(left) && isNumber(right) ? (
                <line
                  key={seed}
                  x1={x(left)}
                  x2={x(right)}
                  y1={rows[0]}
                  y2={rows[1]}
                  stroke="var(--ink-soft)"
                  opacity={0.45}
                />
              ) : null,
            )}
            <text x={width / 2} y={height - 4} textAnchor="middle" className="plot-small">
              {metric}, {data.fold.toLowerCase()} fold
            </text>
            <ArmRow metric={metric} side={a} y={rows[0]} x={x} />
            <ArmRow metric={metric} side={b} y={rows[1]} x={x} />
          </svg>
        </div>
      </PlotFrame>
      <Table mt="xs">
        <Table.Tbody>
          {[a, b].map((side) => (
            <Table.Tr key={side.name}>
              <Table.Td>
                <ArmName name={side.name} look={side.look} />
              </Table.Td>
              <Table.Td className="number" fw={600}>
                {score(side.score.mean)}
                {isNumber(side.score.sd) ? ` ± ${score(side.score.sd)}` : ""}
              </Table.Td>
              <Table.Td className="number" c="dimmed">
                {plural(side.score.seeds, "seed")}, n = {side.score.items}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

interface ArmRowProps {
  readonly metric: string;
  readonly side: Side;
  readonly y: number;
  readonly x: (value: number) => number;
}

function ArmRow({ metric, side, y, x }: ArmRowProps) {
  const { mean, sd, perSeed } = side.score;
  const square = side.look.marker === "rect";
  return (
    <g>
      {isNumber(mean) && isNumber(sd) && (
        <line x1={x(mean - sd)} x2={x(mean + sd)} y1={y + 15} y2={y + 15} stroke={side.look.color} strokeWidth={2.5} />
      )}
      {isNumber(mean) && (
        <line x1={x(mean)} x2={x(mean)} y1={y - 13} y2={y + 19} stroke={side.look.color} strokeWidth={2} />
      )}
      {perSeed.map(({ seed, mean: value, runId }) =>
        isNumber(value) ? (
          <Link key={seed} href={`/runs/${runId}`} aria-label={`${side.name}, seed ${seed}: ${metric} ${score(value)}`}>
            {square ? (
              <rect
                x={x(value) - 4.5}
                y={y - 4.5}
                width={9}
                height={9}
                fill={side.look.color}
                stroke="var(--surface)"
              />
            ) : (
              <circle cx={x(value)} cy={y} r={5} fill={side.look.color} stroke="var(--surface)" />
            )}
            <title>{`seed ${seed}: ${score(value)}`}</title>
          </Link>
        ) : null,
      )}
    </g>
  );
}
