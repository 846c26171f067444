"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Button, Checkbox, NativeSelect, Table, Text } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { isHeadline } from "@/features/experiment/headlineSeries";
import { graphql } from "@/gql";
import type { RunState } from "@/gql/graphql";
import { count, score } from "@/lib/format";
import { headlineScore } from "@/lib/scoreName";
import { useQueryParam } from "@/lib/useQueryParam";
import { stateName } from "@/lib/words";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Page } from "@/ui/Page";
import { RunProgress } from "@/ui/RunProgress";
import { StateBadge } from "@/ui/StateBadge";
import { useGrowingList } from "@/ui/useGrowingList";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";

const RunsQuery = graphql(`
  query Runs($state: RunState, $first: Int!) {
    runs(first: $first, state: $state) {
      totalCount
      pageInfo { hasNextPage }
      edges {
        node {
          id name source arm seed state phase step totalSteps createdAt cancelRequested
          experiment { id name }
          worker { id name }
          series { name lastStep lastValue }
          labelVersion { id number }
          evaluation(fold: TEST) { id task items meanDice auc }
        }
      }
    }
  }
`);

const states = [
  { value: "", label: "all states" },
  ...(["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"] as const).map((value) => ({
    value,
    label: stateName[value],
  })),
];

export function RunsPage() {
  const [state, setState] = useQueryParam("state", "");
  const { first, more } = useGrowingList(50);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const query = useQuery(RunsQuery, {
    variables: { state: (state || null) as RunState | null, first },
    pollInterval: 10_000,
  });
  return (
    <Page
      title="Runs"
      tabTitle="Runs"
      lead="Every training of the team, and every script that logs here from elsewhere. Tick scored runs of segmentation to see their scores together."
      actions={
        <>
          {ticked.length > 0 && (
            <>
              <Button component={Link} href={`/scores?runs=${ticked.join(",")}`}>
                Score together ({ticked.length})
              </Button>
              <Button variant="default" onClick={() => setTicked([])}>
                Untick all
              </Button>
            </>
          )}
          <NativeSelect
            aria-label="State"
            value={state}
            data={states}
            onChange={(event) => setState(event.currentTarget.value)}
          />
        </>
      }
    >
      <section className="panel" aria-label="List of runs">
        <Loaded query={query}>
          {({ runs }) =>
            runs.edges.length === 0 ? (
              <Empty title={state ? "No runs in this state" : "No runs yet"}>
                Start an experiment, or log one from a script with an API token.
              </Empty>
            ) : (
              <>
                <WideTable label="Runs" horizontalSpacing="sm" highlightOnHover miw={940}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th w={36}>
                        <span className="mantine-visually-hidden">Score together</span>
                      </Table.Th>
                      <Table.Th>Run</Table.Th>
                      <Table.Th miw={200}>Experiment</Table.Th>
                      <Table.Th>State</Table.Th>
                      <Table.Th>Progress</Table.Th>
                      <Table.Th className="number">Validation score</Table.Th>
                      <Table.Th className="number">Test score</Table.Th>
                      <Table.Th>Worker</Table.Th>
                      <Table.Th>Made</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {runs.edges.map(({ node }) => {
                      const dice = node.series.find((each) => isHeadline(each.name));
                      return (
                        <Table.Tr key={node.id}>
                          <Table.Td>
                            <Checkbox
                              size="xs"
                              aria-label={`Tick ${node.arm || node.name}, seed ${node.seed}`}
                              checked={ticked.includes(node.id)}
                              disabled={node.evaluation?.task !== "SEGMENTATION"}
                              onChange={(event) =>
                                setTicked(
                                  event.currentTarget.checked
                                    ? [...ticked, node.id]
                                    : ticked.filter((id) => id !== node.id),
                                )
                              }
                            />
                          </Table.Td>
                          <Table.Td>
                            <Link href={`/runs/${node.id}`} className="rowLink">
                              {node.arm || node.name}, seed {node.seed}
                            </Link>
                            {node.source === "FOREIGN" && (
                              <Text size="xs" c="dimmed">
                                foreign: {node.name}
                              </Text>
                            )}
                          </Table.Td>
                          <Table.Td>
                            {node.experiment ? (
                              <Anchor
                                component={Link}
                                href={`/experiments/${node.experiment.id}`}
                                size="sm"
                                lineClamp={2}
                                style={{ whiteSpace: "normal" }}
                              >
                                {node.experiment.name}
                              </Anchor>
                            ) : (
                              "none"
                            )}
                            {node.labelVersion && (
                              <Text size="xs" c="dimmed">
                                label version {node.labelVersion.number}
                              </Text>
                            )}
                          </Table.Td>
                          <Table.Td>
                            <StateBadge
                              state={node.state}
                              detail={node.cancelRequested && node.state === "RUNNING" ? "cancelling" : undefined}
                            />
                          </Table.Td>
                          <Table.Td>
                            <RunProgress run={node} />
                          </Table.Td>
                          <Table.Td className="number">{dice ? score(dice.lastValue) : "—"}</Table.Td>
                          <Table.Td className="number">
                            {node.evaluation ? score(headlineScore(node.evaluation)) : "—"}
                            {node.evaluation && (
                              <Text size="xs" c="dimmed">
                                {node.evaluation.task === "CLASSIFICATION" ? "AUC" : "Dice"}, n ={" "}
                                {count(node.evaluation.items)}
                              </Text>
                            )}
                          </Table.Td>
                          <Table.Td>{node.worker?.name ?? "—"}</Table.Td>
                          <Table.Td>
                            <When iso={node.createdAt} />
                          </Table.Td>
                        </Table.Tr>
                      );
                    })}
                  </Table.Tbody>
                </WideTable>

                <MoreRows
                  hasMore={runs.pageInfo.hasNextPage}
                  more={more}
                  otherwise="these are the newest; choose a state to see others"
                  shown={runs.edges.length}
                  total={runs.totalCount}
                />
              </>
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}
