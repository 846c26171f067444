"use client";
import { SimpleGrid, Text } from "@mantine/core";
import { count, percent, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useWidth } from "@/lib/useWidth";
import { Panel } from "@/ui/Panel";
import { PlotFrame } from "@/ui/PlotFrame";
import { Stat } from "@/ui/Stat";
import type { Errors, Planted } from "./model.ts";
import { plottedPrecision } from "./precisionPlot.ts";

type Share = NonNullable<Planted["issuePrecision"]>;

/** The ranking against the planted truth: precision of the first k, with intervals. */
export function PlantedPanel({ planted, errors }: { readonly planted: Planted; readonly errors: Errors }) {
  const { labelVersion } = errors;
  return (
    <Panel
      title="Against the planted errors"
      note={`Label version ${labelVersion.number} was made by noise from version ${labelVersion.madeFrom?.number ?? "–"}, so it is known which labels it changed.`}
    >
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md" mb="sm">
        <Stat
          label="Changed labels"
          note={`${percent(planted.share)} of ${count(planted.labels)}: the precision of a random order`}
        >
          {count(planted.errors)}
        </Stat>
        <Stat label="Average precision" note="of the whole ranking">
          {score(planted.averagePrecision)}
        </Stat>
        <Stat
          label="Precision of those held to be wrong"
          note={planted.issuePrecision ? shareNote(planted.issuePrecision) : "masks are ranked alone"}
        >
          {planted.issuePrecision ? percent(planted.issuePrecision.share, 0) : "–"}
        </Stat>
        <Stat
          label="Of the changed labels found"
          note={planted.issueRecall ? shareNote(planted.issueRecall) : "masks are ranked alone"}
        >
          {planted.issueRecall ? percent(planted.issueRecall.share, 0) : "–"}
        </Stat>
      </SimpleGrid>
      {planted.errors > 0 && <PrecisionPlot planted={planted} />}
      {planted.share > 0.95 && (
        <Text size="sm" c="dimmed">
          Nearly every label was changed: whatever comes first is one of them, and the precision says nothing.
        </Text>
      )}
    </Panel>
  );
}

const shareNote = ({ hits, of, low, high }: Share) =>
  `${count(hits)} of ${count(of)}, 95 % interval ${percent(low, 0)} to ${percent(high, 0)}`;

const height = 190;

function PrecisionPlot({ planted }: { readonly planted: Planted }) {
  const [box, width] = useWidth();
  const { marks, ticks, x, y, chance } = plottedPrecision(planted, width, height);
  return (
    <PlotFrame file={fileName("precision of the first k")}>
      <div ref={box} style={{ minHeight: height }}>
        <svg
          data-plot
          role="img"
          width={width}
          height={height}
          style={{ display: "block" }}
          aria-label={`Precision of the first k: ${planted.precisionAt.map(({ k, precision }) => `${k}: ${percent(precision, 0)}`).join(", ")}; random order ${percent(planted.share)}`}
        >
          {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
            <g key={tick}>
              <line x1={x.low} x2={x.high} y1={y(tick)} y2={y(tick)} stroke="var(--hairline)" />
              <text x={x.low - 6} y={y(tick) + 4} textAnchor="end" className="plot-small">
                {percent(tick, 0)}
              </text>
            </g>
          ))}
          <line x1={x.low} x2={x.high} y1={chance} y2={chance} stroke="var(--ink-soft)" strokeDasharray="4 3" />
          <text x={x.low + 8} y={chance - 4} className="plot-small">
            random order
          </text>
          {ticks.map((tick) => (
            <text key={tick.k} x={tick.x} y={height - 18} textAnchor="middle" className="plot-small">
              {count(tick.k)}
            </text>
          ))}
          <text x={(x.low + x.high) / 2} y={height - 3} textAnchor="middle" className="plot-small">
            first k of the ranking
          </text>
          <polyline
            points={marks.map((mark) => `${mark.x},${mark.y}`).join(" ")}
            fill="none"
            stroke="var(--mantine-color-anchor)"
          />
          {marks.map((mark) => (
            <g key={mark.k} stroke="var(--mantine-color-anchor)" fill="var(--mantine-color-anchor)">
              <line x1={mark.x} x2={mark.x} y1={mark.low} y2={mark.high} strokeWidth={2} />
              <circle cx={mark.x} cy={mark.y} r={4} />
            </g>
          ))}
        </svg>
      </div>
    </PlotFrame>
  );
}
