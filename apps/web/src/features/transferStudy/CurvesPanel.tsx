"use client";
import { SimpleGrid, Text, Title } from "@mantine/core";
import { useMemo } from "react";
import { ArmSign } from "@/features/curves/ArmKey";
import { CurveChart } from "@/features/curves/CurveChart";
import type { Axis } from "@/features/curves/curve";
import { count, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { Panel } from "@/ui/Panel";
import { type CurvePanel, curvePanels, sharedRange } from "./curveCharts.ts";
import type { Board, LookedArm } from "./model.ts";

interface Props {
  readonly board: Board;
  readonly arms: readonly LookedArm[];
  readonly name: string;
}

const axis: Axis = { name: "step", unit: 1 };

/** A small chart per share of the data, all on one scale: how fast each arm learns. */
export function CurvesPanel({ board, arms, name }: Props) {
  const panels = useMemo(() => curvePanels(board, arms), [board, arms]);
  const range = useMemo(() => sharedRange(panels), [panels]);
  return (
    <Panel
      title="How fast each arm learns"
      note={`${board.series} by step: mean over the seeds, band from the lowest to the highest. Dotted: chance, and the common target at that share, chance + 0.95 × (final of ${board.reference} − chance). A mark: where an arm’s seeds reach it, all of them.`}
    >
      {panels.length === 0 ? (
        <Text size="sm" c="dimmed">
          No run has been validated yet.
        </Text>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" verticalSpacing="lg">
          {panels.map((panel) => (
            <Small key={panel.fraction} panel={panel} board={board} range={range} name={name} />
          ))}
        </SimpleGrid>
      )}
    </Panel>
  );
}

interface SmallProps {
  readonly panel: CurvePanel;
  readonly board: Board;
  readonly range: readonly [number, number];
  readonly name: string;
}

function Small({ panel, board, range, name }: SmallProps) {
  const { title, curves, levels, marks, reach } = panel;
  const told = reach.map(({ arm, text }) => `${arm.name} ${text}`).join("; ");
  return (
    <div style={{ minWidth: 0 }}>
      <Title order={3} fz="sm">
        {title}
      </Title>
      <CurveChart
        curves={curves}
        axis={axis}
        yName=""
        height={220}
        levels={levels}
        marks={marks}
        range={range}
        group={`${name} curves`}
        file={fileName(name, "learning curves", title)}
        label={`${board.series} by step at ${title}. ${levels.map((level) => `${level.name} ${score(level.value)}`).join(", ")}. ${told}`}
      />
      {reach.map(({ arm, text }) => (
        <Text key={arm.name} size="xs" c="dimmed" style={{ display: "flex", gap: 6, alignItems: "baseline" }}>
          <ArmSign look={arm.look} size={9} />
          <span>
            {arm.name} {text.replace(/\d{4,}/g, (digits) => count(Number(digits)))}
          </span>
        </Text>
      ))}
    </div>
  );
}
