"use client";
import { Text } from "@mantine/core";
import { count, plural } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { StageBars } from "@/ui/StageBars";
import { type Board, rateText, stagesOf } from "./model.ts";

/** How far bags and runs are; nothing once all is done. */
export function ProgressPanel({ board }: { readonly board: Board }) {
  const { progress, rates } = board;
  const stages = stagesOf(progress);
  const failed = stages.reduce((sum, stage) => sum + stage.failed, 0);
  if (progress.isOver && failed === 0) return null;
  const composing = rates.filter(({ state }) => state === "RUNNING");
  return (
    <Panel
      title={progress.isOver ? "What failed" : "Under way"}
      note="A worker composes the bags of each rate; a run is queued as soon as the bags of its rate are there."
    >
      <StageBars stages={stages} />
      {progress.runsWaiting > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {plural(progress.runsWaiting, "run")} {progress.runsWaiting === 1 ? "waits" : "wait"} for bags
          {composing
            .map(({ rate, done, total }) => ` · ${rateText(rate)}: ${count(done)} of ${count(total)} bags`)
            .join("")}
          .
        </Text>
      )}
      {rates.map(
        ({ rate, error }) =>
          error && (
            <Text key={rate} size="sm" c="var(--mantine-color-error)" mt="xs" style={{ whiteSpace: "pre-wrap" }}>
              {rateText(rate)}: {error}
            </Text>
          ),
      )}
      {failed > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          The same study started again composes failed rates once more; failed runs are queued again from “Runs and
          curves”.
        </Text>
      )}
    </Panel>
  );
}
