"use client";
import { linear, logarithmic } from "@/features/scoredSet/plot/scale";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { PlotFrame } from "@/ui/PlotFrame";
import { type Answer, meanProfile } from "./answer.ts";

const frame = { left: 52, right: 12, top: 26, foot: 40, height: 240, most: 640 } as const;
const ticks = [0, 0.125, 0.25, 0.375, 0.5];

/** The mean share of power by frequency over the first layer's filters, before training and after. */
export function SpectraPlot({ answer }: { readonly answer: Answer }) {
  const [box, boxWidth] = useWidth();
  const width = Math.min(boxWidth, frame.most);
  const { frequencies, highFrequency } = answer.firstLayer;
  const lines = [
    { name: "before", values: meanProfile(answer, "before"), dash: "5 4", color: "var(--ink-soft)" },
    { name: "after", values: meanProfile(answer, "after"), dash: undefined, color: "var(--mantine-color-anchor)" },
  ];
  const positive = lines.flatMap(({ values }) => values.filter((value) => value > 0));
  if (positive.length === 0) return null; // all kernels are 0
  const decades = [
    Math.floor(Math.log10(Math.min(...positive))),
    Math.ceil(Math.log10(Math.max(...positive))),
  ] as const;
  const powers = Array.from({ length: decades[1] - decades[0] + 1 }, (_, i) => 10 ** (decades[0] + i));
  const x = linear([0, 0.5], [frame.left, width - frame.right]);
  const y = logarithmic([powers[0]!, powers.at(-1)!], [frame.height - frame.foot, frame.top]);
  const text = (values: readonly number[]) =>
    values.flatMap((value, i) => (i % 4 === 0 ? [`${frequencies[i]}: ${value.toPrecision(2)}`] : [])).join(", ");
  return (
    <PlotFrame file={fileName("filter spectra")}>
      <div ref={box} style={{ minHeight: frame.height }}>
        {boxWidth > 0 && (
          <svg
            data-plot
            width={width}
            height={frame.height}
            className="plot"
            style={{ display: "block" }}
            role="img"
            aria-label={`Mean share of power by cycles per pixel. ${lines.map(({ name, values }) => `${name}: ${text(values)}`).join(". ")}`}
          >
            {powers.map((power) => (
              <g key={power}>
                <line x1={x(0)} x2={x(0.5)} y1={y(power)} y2={y(power)} stroke="var(--hairline)" />
                <text x={frame.left - 8} y={y(power) + 4} textAnchor="end" className="plot-small">
                  {power >= 0.01 ? power : power.toExponential(0).replace("-", "−")}
                </text>
              </g>
            ))}
            {ticks.map((tick) => (
              <text
                key={tick}
                x={x(tick)}
                y={frame.height - frame.foot + 16}
                textAnchor="middle"
                className="plot-small"
              >
                {tick}
              </text>
            ))}
            <text x={x(0.5)} y={frame.height - 6} textAnchor="end" className="plot-small">
              cycles per pixel
            </text>
            <path
              d={`M${x(highFrequency)} ${frame.top}V${frame.height - frame.foot}`}
              stroke="var(--ink-soft)"
              strokeDasharray="2 3"
            />
            {lines.map(({ name, values, dash, color }, i) => (
              <g key={name}>
                <path
                  d={values
                    .flatMap((value, at) => (value > 0 ? [`${x(frequencies[at]!)} ${y(value)}`] : []))
                    .map((point, at) => `${at === 0 ? "M" : "L"}${point}`)
                    .join("")}
                  fill="none"
                  stroke={color}
                  strokeWidth={2}
                  strokeDasharray={dash}
                />
                <path d={`M${frame.left + 90 * i} 10h22`} stroke={color} strokeWidth={2} strokeDasharray={dash} />
                <text x={frame.left + 90 * i + 28} y={14} className="plot-small">
                  {name}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
    </PlotFrame>
  );
}
