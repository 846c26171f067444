"use client";
import { SimpleGrid, Table, Text } from "@mantine/core";
import { count, dateTime, duration, score } from "@/lib/format";
import { scoreName } from "@/lib/scoreName";
import { useNow } from "@/lib/useNow";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import type { Run } from "./types.ts";

/** Every try of the run, and what each left behind. */
export function History({ run }: { readonly run: Run }) {
  const now = useNow(10_000);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Panel
        title="Attempts"
        note="Only the newest may write. After a crash the next one goes on from the last checkpoint."
        flush
      >
        {run.attempts.length === 0 ? (
          <Text size="sm" c="dimmed" p="md" pt={0}>
            No worker has claimed the run yet.
          </Text>
        ) : (
          <ol className="timeline">
            {run.attempts.map((attempt) => {
              const end = attempt.endedAt ? new Date(attempt.endedAt).getTime() : now;
              return (
                <li key={attempt.attempt} data-open={attempt.endedAt ? undefined : ""}>
                  <Text size="sm" fw={600}>
                    Attempt {attempt.attempt}: {attempt.outcome ?? "running"}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {dateTime(attempt.startedAt)} · {duration(end - new Date(attempt.startedAt).getTime())}
                    {attempt.worker ? ` on ${attempt.worker.name}` : ""}
                    {attempt.resumedStep > 0 ? ` · went on from step ${count(attempt.resumedStep)}` : ""}
                  </Text>
                  {attempt.error && (
                    <Text
                      size="xs"
                      c="var(--mantine-color-error)"
                      style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}
                    >
                      {attempt.error}
                    </Text>
                  )}
                </li>
              );
            })}
          </ol>
        )}
      </Panel>
      <Panel
        title="Checkpoints"
        note="Weights, optimiser and data position: enough to go on exactly. “Best” is chosen on validation."
        flush
      >
        {run.checkpoints.length === 0 ? (
          <Text size="sm" c="dimmed" p="md" pt={0}>
            None yet.
          </Text>
        ) : (
          <WideTable label="Checkpoints">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Kind</Table.Th>
                <Table.Th className="number">Epoch</Table.Th>
                <Table.Th className="number">Step</Table.Th>
                <Table.Th className="number">Validation {scoreName(run.configuration)}</Table.Th>
                <Table.Th>Written</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...run.checkpoints]
                .sort((a, b) => b.step - a.step || a.kind.localeCompare(b.kind))
                .slice(0, 12)
                .map((each) => (
                  <Table.Tr key={`${each.kind} ${each.step} ${each.createdAt}`}>
                    <Table.Td>{each.kind.toLowerCase()}</Table.Td>
                    <Table.Td className="number">{each.epoch}</Table.Td>
                    <Table.Td className="number">{count(each.step)}</Table.Td>
                    <Table.Td className="number">
                      {each.validationScore === null ? "—" : score(each.validationScore)}
                    </Table.Td>
                    <Table.Td>{dateTime(each.createdAt)}</Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </WideTable>
        )}
      </Panel>
    </SimpleGrid>
  );
}
