"use client";
import { score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import type { SetArm } from "../model.ts";
import { dashArray, PlotMark } from "../plot/PlotMark.tsx";
import { type Processed, pieceCount } from "./pieces.ts";
import { type Slope, slopeFrame, slopes } from "./slopes.ts";

interface Props {
  readonly results: readonly Processed[];
  readonly arms: readonly SetArm[];
}

const gap = 28;
const height = slopeFrame.head + slopeFrame.plot + 22;

/** What the chosen post-processing does to each arm: Dice beside the number of pieces. */
export function SlopeChart({ results, arms }: Props) {
  const [box, width] = useWidth();
  const panels = [
    { title: "Dice", text: score, lines: slopes(results, arms, ({ dice }) => dice, [0, 1]) },
    {
      title: "Pieces",
      text: pieceCount,
      lines: slopes(results, arms, ({ pieces }) => pieces, [0, Number.POSITIVE_INFINITY]),
    },
    {
      title: "Holes",
      text: pieceCount,
      lines: slopes(results, arms, ({ holes }) => holes, [0, Number.POSITIVE_INFINITY]),
    },
  ];
  const columns = width >= 560 ? panels.length : 1;
  const panelWidth = Math.min(360, (width - (columns - 1) * gap) / columns);
  const label = panels[0]!.lines.map(
    ({ arm, before, after }) => `${arm.name} Dice ${score(before)} to ${score(after)}`,
  );
  return (
    <PlotFrame file={fileName("post-processing before and after")}>
      <div ref={box} style={{ minHeight: height }}>
        {width > 0 && (
          <svg
            data-plot
            width={width}
            height={height * Math.ceil(panels.length / columns)}
            style={{ display: "block" }}
            role="img"
            aria-label={`Before and after post-processing: ${label.join("; ")}.`}
          >
            {panels.map(({ title, text, lines }, at) => (
              <g
                key={title}
                transform={`translate(${(at % columns) * (panelWidth + gap)} ${Math.floor(at / columns) * height})`}
              >
                <SlopePanel title={title} text={text} lines={lines} width={panelWidth} />
              </g>
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}

interface PanelProps {
  readonly title: string;
  readonly text: (value: number) => string;
  readonly lines: readonly Slope[];
  readonly width: number;
}

function SlopePanel({ title, text, lines, width }: PanelProps) {
  const [left, right] = [slopeFrame.side, width - slopeFrame.side];
  const [top, bottom] = [slopeFrame.head - 6, slopeFrame.head + slopeFrame.plot + 6];
  return (
    <>
      <text x={0} y={13} className="plot-label" style={{ fontWeight: 600 }}>
        {title}
      </text>
      {[
        [left, "before"],
        [right, "after"],
      ].map(([x, name]) => (
        <g key={name}>
          <text x={x} y={30} textAnchor="middle" className="plot-small">
            {name}
          </text>
          <line x1={x} x2={x} y1={top} y2={bottom} stroke="var(--hairline)" />
        </g>
      ))}
      {lines.map(({ arm, before, after, y, labelY }) => (
        <g key={arm.name}>
          <path
            d={`M${left} ${y[0]}L${right} ${y[1]}`}
            stroke={arm.look.color}
            strokeWidth={2}
            strokeDasharray={dashArray(arm.look.dash)}
          />
          <PlotMark look={arm.look} x={left} y={y[0]} title={`${arm.name} before: ${text(before)}`} />
          <PlotMark look={arm.look} x={right} y={y[1]} title={`${arm.name} after: ${text(after)}`} />
          <text x={left - 10} y={labelY[0]} textAnchor="end" className="plot-small">
            {text(before)}
          </text>
          <text x={right + 10} y={labelY[1]} className="plot-small">
            {text(after)}
          </text>
        </g>
      ))}
    </>
  );
}
