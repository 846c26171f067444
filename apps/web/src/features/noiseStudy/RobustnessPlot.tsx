"use client";
import { CurveAxes, metricTitle } from "@/features/scoredSet/plot/CurveAxes";
import { bandPath, type Frame } from "@/features/scoredSet/plot/meanPoints";
import { SeedCurveMarks } from "@/features/scoredSet/plot/SeedCurveMarks";
import type { ArmLooks } from "@/lib/arms";
import { isNumber, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { axisText, type Board, levelText, type Noise, placeText } from "./model.ts";
import { robustnessMarks, robustnessScales } from "./robustnessMarks.ts";

interface Props {
  readonly board: Board;
  readonly noise: Noise;
  readonly looks: ArmLooks;
  /** Of the experiment. */
  readonly name: string;
}

const height = 300;
const sizes = { left: 42, top: 22, bottom: 40, label: 150, narrow: 84 } as const;

/** Score over the noise learnt from: a line of means per method, a band over its seeds, each seed a mark that opens its run. */
export function RobustnessPlot({ board, noise, looks, name }: Props) {
  const [box, width] = useWidth();
  const right = width < 560 ? sizes.narrow : sizes.label;
  const frame: Frame = { ...sizes, width, height, right };
  const { isChanceShown, x, y, ticks, xTicks } = robustnessScales(board, noise, frame);
  const curves = robustnessMarks(board, noise, frame);
  const floor = height - sizes.bottom;
  const { metric, chance } = board;
  const told = curves.map(
    ({ curve, points }) =>
      `${curve.method}: ${points.map(({ level, value }) => `${score(value)} at ${levelText(noise, level)}`).join(", ")}`,
  );
  return (
    <PlotFrame file={fileName(name, "robustness", noise.name)}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height}
            style={{ display: "block" }}
            className="plot"
            aria-label={`${metric.label} by ${axisText(noise)}, ${noise.name}. ${told.join("; ")}`}
          >
            <CurveAxes
              {...{ frame, ticks, y, x }}
              title={metricTitle(metric)}
              xTicks={xTicks}
              placeText={(tick) => placeText(noise, tick)}
              xTitle={axisText(noise)}
            />
            {isNumber(chance) && (
              <g>
                {isChanceShown && (
                  <line
                    x1={sizes.left}
                    x2={width - right}
                    y1={y(chance)}
                    y2={y(chance)}
                    stroke="var(--ink-soft)"
                    strokeDasharray="2 3"
                  />
                )}
                <text x={sizes.left + 4} y={(isChanceShown ? y(chance) : floor) - 4} className="plot-small">
                  {isChanceShown ? `chance ${score(chance)}` : `chance, ${score(chance)}, is off this scale`}
                </text>
              </g>
            )}
            {curves.map((drawn) => (
              <path
                key={drawn.curve.method}
                d={bandPath(drawn.points)}
                fill={looks(drawn.curve.method).color}
                opacity={0.13}
              />
            ))}
            {curves.map((drawn) => (
              <SeedCurveMarks
                key={drawn.curve.method}
                name={drawn.curve.method}
                points={drawn.points.map((point) => ({ ...point, place: levelText(noise, point.level) }))}
                label={drawn.label}
                arrow={drawn.breakdown}
                arrowText="half of the distance to chance is lost here, mean over the seeds"
                look={looks(drawn.curve.method)}
                metric={metric.label}
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
