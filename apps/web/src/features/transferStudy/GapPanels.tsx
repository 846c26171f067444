"use client";
import { SimpleGrid, Text } from "@mantine/core";
import { signed } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { Panel } from "@/ui/Panel";
import { IntervalPlot } from "./IntervalPlot.tsx";
import { gapGroups, gapScale, ratioText, speedGroups, speedScale } from "./intervalRows.ts";
import type { Board, LookedArm } from "./model.ts";

interface Props {
  readonly board: Board;
  readonly arms: readonly LookedArm[];
  readonly name: string;
  readonly basis: string;
  readonly experimentId: string;
}

/** Two separate answers: where the arms end, and how fast they get there. */
export function GapPanels({ board, arms, name, basis, experimentId }: Props) {
  const margin = board.equivalenceMargin;
  const gaps = gapGroups(board, arms, experimentId);
  const speeds = speedGroups(board, arms, experimentId);
  const told = (groups: typeof gaps) => groups.flatMap(({ rows }) => rows.map((row) => row.told)).join("; ");
  const { higherIsBetter, label } = board.metric;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Panel
        title="Final gap"
        note={`${label} of each arm minus ${board.reference}’s at the same share: ${basis}. 95 % intervals over paired seeds.`}
      >
        <IntervalPlot
          groups={gaps}
          scaleOf={(range) => gapScale(gaps, margin, range)}
          tickText={(tick) => (tick === 0 ? "0" : signed(tick, 2))}
          zero={0}
          band={margin === null ? null : [-margin, margin]}
          left={higherIsBetter ? "worse" : "better"}
          right={higherIsBetter ? "better" : "worse"}
          file={fileName(name, "final gap")}
          label={`Final gap by arm and share. ${told(gaps)}`}
        />
        <Text size="xs" c="dimmed">
          {margin === null
            ? "No equivalence margin was declared for this metric, so equivalence is never claimed."
            : `Shaded: the margin δ = ±${margin}, declared before the runs. An interval inside it is equivalence.`}{" "}
          Undecided is not “no effect”.
        </Text>
      </Panel>
      <Panel
        title="Speed gap"
        note={`Steps to the common target on validation, as a multiple of ${board.reference}’s at the same share. 95 % intervals over paired seeds.`}
      >
        <IntervalPlot
          groups={speeds}
          scaleOf={(range) => speedScale(speeds, range)}
          tickText={ratioText}
          zero={1}
          left="faster"
          right="slower"
          file={fileName(name, "speed gap")}
          label={`Speed gap by arm and share. ${told(speeds)}`}
        />
        <Text size="xs" c="dimmed">
          Open: censored. Some run never reached the target, and counts with all its steps; an arrow says on which side
          of the mark the value lies.
        </Text>
      </Panel>
    </SimpleGrid>
  );
}
