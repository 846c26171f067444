"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Badge, Code, Stack, Table } from "@mantine/core";
import Link from "next/link";
import { graphql } from "@/gql";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";

const WorkersQuery = graphql(`
  query Workers {
    workers { id name device version startedAt seenAt alive currentRuns { id name arm seed step totalSteps } }
  }
`);

export function WorkersPage() {
  const query = useQuery(WorkersQuery, { pollInterval: 5_000 });
  return (
    <Page
      title="Workers"
      tabTitle="Workers"
      lead="Processes that claim runs and train them. A worker that is not heard of loses its run to another, which continues from the last checkpoint."
    >
      <section className="panel" aria-label="List of workers">
        <Loaded query={query}>
          {({ workers }) =>
            workers.length === 0 ? (
              <Empty title="No workers yet">
                Runs wait in the queue until a worker claims them. Start one on any machine that reaches the database:{" "}
                <Code>npm run tessera -- worker</Code>
              </Empty>
            ) : (
              <WideTable label="Workers" miw={700}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Name</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th>Device</Table.Th>
                    <Table.Th>Version</Table.Th>
                    <Table.Th>Now</Table.Th>
                    <Table.Th>Last heard</Table.Th>
                    <Table.Th>Started</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {[...workers]
                    .sort((a, b) => Number(b.alive) - Number(a.alive) || a.name.localeCompare(b.name))
                    .map((worker) => (
                      <Table.Tr key={worker.id}>
                        <Table.Td fw={600}>{worker.name}</Table.Td>
                        <Table.Td>
                          <Badge color={worker.alive ? "teal" : "gray"} c="var(--mantine-color-text)">
                            {worker.alive ? "alive" : "gone"}
                          </Badge>
                        </Table.Td>
                        <Table.Td>{worker.device}</Table.Td>
                        <Table.Td>{worker.version}</Table.Td>
                        <Table.Td>
                          {worker.currentRuns.length === 0 ? (
                            worker.alive ? (
                              "waiting for a run"
                            ) : (
                              "nothing"
                            )
                          ) : (
                            <Stack gap={2}>
                              {worker.currentRuns.map((run) => (
                                <Anchor key={run.id} component={Link} href={`/runs/${run.id}`} size="sm">
                                  {run.arm}, seed {run.seed}
                                  {run.totalSteps > 0 ? ` (${Math.floor((run.step / run.totalSteps) * 100)} %)` : ""}
                                </Anchor>
                              ))}
                            </Stack>
                          )}
                        </Table.Td>
                        <Table.Td>
                          <When iso={worker.seenAt} />
                        </Table.Td>
                        <Table.Td>
                          <When iso={worker.startedAt} />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                </Table.Tbody>
              </WideTable>
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}
