"use client";
import { Table, Text } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import type { ArmLooks } from "@/lib/arms";
import { isNumber, plural, score } from "@/lib/format";
import { meanAndSd } from "@/lib/meanAndSd";
import { fileName } from "@/lib/saveFile";
import { headlineScore, scoreName } from "@/lib/scoreName";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { RunCounts } from "@/ui/RunCounts";
import { WideTable } from "@/ui/WideTable";
import { changesText } from "./changesText.ts";
import { RunTableRow } from "./RunTableRow.tsx";
import { runsCsv } from "./runsCsv.ts";
import type { Experiment } from "./types.ts";

/** Runs by arm; each arm's line says what its seeds say together. */
export function RunTable({ experiment, look }: { readonly experiment: Experiment; readonly look: ArmLooks }) {
  const name = scoreName(experiment.base);
  return (
    <Panel
      flush
      title="Runs"
      note={`Validation ${name} is the last value of the curve (${plural(experiment.split.validationItems, "item")}); test ${name} is scored once, with the best checkpoint, on ${plural(experiment.split.testItems, "item")}. Label version ${experiment.labelVersion.number}. Mean ± SD over seeds.`}
      actions={<CsvButton what="the runs" text={() => runsCsv(experiment)} file={fileName(experiment.name, "runs")} />}
    >
      <WideTable label="Runs by arm" miw={860}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Arm and seed</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Progress</Table.Th>
            <Table.Th className="number">Validation {name}</Table.Th>
            <Table.Th className="number">Test {name}</Table.Th>
            <Table.Th>Worker</Table.Th>
            <Table.Th>Took</Table.Th>
            <Table.Th>
              <span className="mantine-visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        {experiment.arms.map((arm) => {
          const runs = experiment.runs.filter((run) => run.arm === arm.name).sort((a, b) => a.seed - b.seed);
          const summary = experiment.armSummaries.find((each) => each.arm === arm.name);
          return (
            <Table.Tbody key={arm.name}>
              <Table.Tr style={{ background: "var(--well)" }}>
                <Table.Th
                  scope="rowgroup"
                  colSpan={2}
                  style={{ textTransform: "none", letterSpacing: 0, whiteSpace: "normal" }}
                  c="var(--mantine-color-text)"
                  fz="sm"
                >
                  <ArmName name={arm.name} look={look(arm.name)} />
                  <Text size="xs" c="dimmed" fw={400}>
                    {changesText(arm.changes)}
                  </Text>
                </Table.Th>
                <Table.Td>{summary && <RunCounts counts={summary.runStates} />}</Table.Td>
                <Table.Td className="number">
                  <Text span fw={600} size="sm">
                    {summary && summary.seeds > 0 ? score(summary.mean) : "—"}
                    {isNumber(summary?.sd) ? ` ± ${score(summary.sd)}` : ""}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {plural(summary?.seeds ?? 0, "seed")}
                    {summary && summary.runStates.running > 0 ? " so far" : ""}
                  </Text>
                </Table.Td>
                <Table.Td className="number">
                  <TestMean runs={runs} />
                </Table.Td>
                <Table.Td colSpan={3} />
              </Table.Tr>
              {runs.map((run) => (
                <RunTableRow key={run.id} run={run} />
              ))}
            </Table.Tbody>
          );
        })}
      </WideTable>
    </Panel>
  );
}

/** Over the seeds that are scored; a seed whose score is undefined is left out and shows in the count. */
function TestMean({ runs }: { readonly runs: Experiment["runs"] }) {
  const scores = runs.flatMap(({ evaluation }) => (evaluation && headlineScore(evaluation)) ?? []);
  const { mean, sd } = meanAndSd(scores);
  return (
    <>
      <Text span fw={600} size="sm">
        {scores.length > 0 ? score(mean) : "—"}
        {isNumber(sd) ? ` ± ${score(sd)}` : ""}
      </Text>
      <Text size="xs" c="dimmed">
        {plural(scores.length, "seed")}
      </Text>
    </>
  );
}
