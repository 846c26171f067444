"use client";
import Link from "next/link";
import type { ArmLook } from "@/lib/arms";
import { plural, score } from "@/lib/format";
import { type CurveLabel, linePath, type MeanPoint } from "./meanPoints.ts";
import { dashArray, PlotMark } from "./PlotMark.tsx";

interface Props {
  readonly name: string;
  /** Place in words: "20 %". */
  readonly points: readonly (Pick<MeanPoint, "x" | "y" | "value" | "seeds"> & { readonly place: string })[];
  /** Null: no point has a score. */
  readonly label: CurveLabel | null;
  /** A place on the axis that an arrow points to. */
  readonly arrow: number | null;
  readonly arrowText: string;
  readonly look: ArmLook;
  readonly metric: string;
  /** Of the plot's field, and room to its right. */
  readonly floor: number;
  readonly right: number;
}

/** A line of means over seeds; each seed is a mark that opens its run, and the name stands beside the last mean. */
export function SeedCurveMarks({ name, points, label, arrow, arrowText, look, metric, floor, right }: Props) {
  const letters = Math.floor((right - 8) / 6.1);
  const text = (place: string, rest: string) => `${name}, ${place}, ${rest}`;
  return (
    <g>
      <path
        d={linePath(points)}
        stroke={look.color}
        strokeWidth={2}
        strokeDasharray={dashArray(look.dash)}
        fill="none"
      />
      {arrow !== null && (
        <path d={`M${arrow} ${floor}v-12m-4 6l4 6l4 -6`} stroke={look.color} strokeWidth={1.8} fill="none">
          <title>{`${name}: ${arrowText}`}</title>
        </path>
      )}
      {points.map((point) => (
        <g key={point.place}>
          {point.seeds.map((seed) => (
            <Link
              key={seed.seed}
              href={`/runs/${seed.runId}`}
              className="plot-point"
              aria-label={text(point.place, `seed ${seed.seed}: ${metric} ${score(seed.value)}`)}
            >
              <circle cx={seed.x} cy={seed.y} r={8} fill="transparent" />
              <circle cx={seed.x} cy={seed.y} r={2.6} fill={look.color} opacity={0.75} />
              <title>{text(point.place, `seed ${seed.seed}: ${score(seed.value)}`)}</title>
            </Link>
          ))}
          <PlotMark
            look={look}
            x={point.x}
            y={point.y}
            title={text(point.place, `mean ${score(point.value)} over ${plural(point.seeds.length, "seed")}`)}
          />
        </g>
      ))}
      {label && (
        <>
          {label.anchorY !== null && (
            <path
              d={`M${points.at(-1)!.x + 8} ${label.anchorY}L${label.x - 3} ${label.y}`}
              stroke={look.color}
              strokeWidth={0.8}
              opacity={0.6}
            />
          )}
          <text x={label.x} y={label.y + 4} className="plot-label" style={{ fill: look.color, fontWeight: 600 }}>
            {name.length > letters ? `${name.slice(0, letters - 1)}…` : name}
            <title>{name}</title>
          </text>
        </>
      )}
    </g>
  );
}
