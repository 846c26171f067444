"use client";
import { Text } from "@mantine/core";
import { count, plural } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { StageBars } from "@/ui/StageBars";
import { type Board, stagesOf } from "./model.ts";

/** How far versions, runs and scorings are; nothing once all is done. */
export function ProgressPanel({ board }: { readonly board: Board }) {
  const { progress, versions } = board;
  const stages = stagesOf(progress);
  const failed = stages.reduce((sum, stage) => sum + stage.failed, 0);
  if (progress.isOver && failed === 0) return null;
  const underWay = versions.filter(({ state }) => state === "RUNNING");
  const broken = versions.filter(({ error }) => error !== null && error !== undefined);
  return (
    <Panel
      title={progress.isOver ? "What failed" : "Under way"}
      note="Workers make the noisy label versions; a run is queued as soon as its version is there, and scored on the others when it ends."
    >
      <StageBars stages={stages} />
      {progress.runsWaiting > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {plural(progress.runsWaiting, "run")} {progress.runsWaiting === 1 ? "waits" : "wait"} for a label version
          {underWay.map(({ text, done, total }) => ` · ${text}: ${count(done)} of ${count(total)} items`).join("")}.
        </Text>
      )}
      {broken.map(({ text, error }) => (
        <Text key={text} size="sm" c="var(--mantine-color-error)" mt="xs" style={{ whiteSpace: "pre-wrap" }}>
          {text}: {error}
        </Text>
      ))}
      {failed > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          The same study started again tries failed versions and scorings once more; failed runs are queued again from
          “Runs and curves”.
        </Text>
      )}
    </Panel>
  );
}
