"use client";
import { CurveAxes } from "@/features/scoredSet/plot/CurveAxes";
import { bandPath, type Frame } from "@/features/scoredSet/plot/meanPoints";
import { SeedCurveMarks } from "@/features/scoredSet/plot/SeedCurveMarks";
import type { ArmLooks } from "@/lib/arms";
import { score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { type Board, rateText } from "./model.ts";
import { chance, witnessMarks, witnessScales } from "./witnessMarks.ts";

interface Props {
  readonly board: Board;
  readonly looks: ArmLooks;
  /** Of the experiment. */
  readonly name: string;
}

const height = 340;
const sizes = { left: 42, top: 22, bottom: 40, label: 160, narrow: 84 } as const;

/** Test AUC over the witness rate: a line of means per pooling, a band over its seeds, an arrow where it is lost in chance. */
export function WitnessPlot({ board, looks, name }: Props) {
  const [box, width] = useWidth();
  const right = width < 560 ? sizes.narrow : sizes.label;
  const frame: Frame = { ...sizes, width, height, right };
  const { x, y, ticks, xTicks } = witnessScales(board, frame);
  const curves = witnessMarks(board, frame);
  const floor = height - sizes.bottom;
  const told = curves.map(
    ({ curve, points }) =>
      `${curve.pooling}: ${points.map(({ place, value }) => `${score(value)} at ${place}`).join(", ")}`,
  );
  const ceiling = board.chanceCeiling;
  return (
    <PlotFrame file={fileName(name, "witness rate")}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            className="plot"
            aria-label={`AUC on test by witness rate. ${told.join("; ")}`}
          >
            <CurveAxes
              {...{ frame, ticks, y, x }}
              title={"AUC on test ↑"}
              xTicks={xTicks}
              placeText={rateText}
              xTitle={"witnesses in a positive bag"}
            />
            <rect
              x={sizes.left}
              width={Math.max(0, width - right - sizes.left)}
              y={y(ceiling)}
              height={Math.max(0, y(chance) - y(ceiling))}
              fill="var(--ink-soft)"
              opacity={0.1}
            />
            <line
              x1={sizes.left}
              x2={width - right}
              y1={y(chance)}
              y2={y(chance)}
              stroke="var(--ink-soft)"
              strokeDasharray="2 3"
            />
            <text x={width - right - 4} y={y(chance) - 4} textAnchor="end" className="plot-small">
              chance, below {score(ceiling)}
            </text>
            {curves.map(({ curve, points }) => (
              <path key={curve.pooling} d={bandPath(points)} fill={looks(curve.pooling).color} opacity={0.13} />
            ))}
            {curves.map(({ curve, points, label, limit }) => (
              <SeedCurveMarks
                key={curve.pooling}
                name={curve.pooling}
                points={points}
                label={label}
                arrow={limit}
                arrowText="below this rate it is not told from chance, mean over the seeds"
                look={looks(curve.pooling)}
                metric="AUC"
                floor={floor}
                right={right}
              />
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
