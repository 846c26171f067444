"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Group, ScrollArea, Table, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { ArmName } from "@/features/curves/ArmKey";
import { useViewer } from "@/features/shell/viewer";
import { graphql } from "@/gql";
import { armLooks } from "@/lib/arms";
import { isNumber, score } from "@/lib/format";
import { useScheme } from "@/lib/useScheme";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MorePages } from "@/ui/MorePages";
import { Page } from "@/ui/Page";
import { RunCounts, totalCounts } from "@/ui/RunCounts";
import { When } from "@/ui/When";

const ExperimentsQuery = graphql(`
  query Experiments($after: String) {
    experiments(first: 30, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id name question createdAt seeds
          project { id name }
          dataset { id name }
          labelVersion { id number }
          arms { name }
          armSummaries { arm seeds mean sd runStates { queued running succeeded failed cancelled } }
        }
      }
    }
  }
`);

export function ExperimentsPage() {
  const query = useQuery(ExperimentsQuery, { pollInterval: 15_000 });
  const { mayResearch } = useViewer();
  const scheme = useScheme();
  const create = mayResearch && (
    <Button component={Link} href="/experiments/new" leftSection={<IconPlus size={16} aria-hidden />}>
      New experiment
    </Button>
  );
  return (
    <Page
      title="Experiments"
      tabTitle="Experiments"
      lead="Questions with arms: what is compared, on which labels, over which seeds."
      actions={create}
    >
      <section className="panel" aria-label="List of experiments">
        <Loaded query={query}>
          {({ experiments }) =>
            experiments.edges.length === 0 ? (
              <Empty title="No experiments yet" action={create}>
                An experiment trains every arm with every seed on the same split, and answers with an interval. It needs
                a dataset with a label version and a split.
              </Empty>
            ) : (
              <>
                <ScrollArea>
                  <Table highlightOnHover miw={760} verticalSpacing={10}>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>Question</Table.Th>
                        <Table.Th>Labels</Table.Th>
                        <Table.Th>Arms: validation Dice, mean ± SD over seeds</Table.Th>
                        <Table.Th>Runs</Table.Th>
                        <Table.Th>Made</Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {experiments.edges.map(({ node }) => {
                        const look = armLooks(node.arms, scheme);
                        return (
                          <Table.Tr key={node.id} style={{ verticalAlign: "top" }}>
                            <Table.Td maw={380}>
                              <Link href={`/experiments/${node.id}`} className="rowLink">
                                {node.name}
                              </Link>
                              <Text size="xs" c="dimmed" lineClamp={2}>
                                {node.question}
                              </Text>
                            </Table.Td>
                            <Table.Td>
                              <Link
                                href={`/datasets/${node.dataset.id}`}
                                className="rowLink"
                                style={{ fontWeight: 400 }}
                              >
                                {node.dataset.name}
                              </Link>
                              <Text size="xs" c="dimmed">
                                label version {node.labelVersion.number}
                              </Text>
                            </Table.Td>
                            <Table.Td>
                              {node.armSummaries.map((arm) => (
                                <Group key={arm.arm} gap={8} wrap="nowrap" justify="space-between" maw={330}>
                                  <ArmName name={arm.arm} look={look(arm.arm)} />
                                  <Text size="sm" style={{ whiteSpace: "nowrap" }}>
                                    {arm.seeds === 0 ? (
                                      <Text span size="xs" c="dimmed">
                                        not scored yet
                                      </Text>
                                    ) : (
                                      <>
                                        {score(arm.mean)}
                                        {isNumber(arm.sd) ? ` ± ${score(arm.sd)}` : ""}{" "}
                                        <Text span size="xs" c="dimmed">
                                          {arm.seeds} of {node.seeds.length} seeds
                                        </Text>
                                      </>
                                    )}
                                  </Text>
                                </Group>
                              ))}
                            </Table.Td>
                            <Table.Td>
                              <RunCounts counts={totalCounts(node.armSummaries.map((arm) => arm.runStates))} />
                            </Table.Td>
                            <Table.Td>
                              <When iso={node.createdAt} />
                            </Table.Td>
                          </Table.Tr>
                        );
                      })}
                    </Table.Tbody>
                  </Table>
                </ScrollArea>
                <MorePages
                  query={query}
                  pageInfo={experiments.pageInfo}
                  shown={experiments.edges.length}
                  total={experiments.totalCount}
                />
              </>
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}
