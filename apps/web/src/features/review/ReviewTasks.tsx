"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Checkbox, Group, NativeSelect, Table } from "@mantine/core";
import { useState } from "react";
import { purposeName } from "@/features/annotate/model";
import { ReopenReviewTask } from "@/features/annotate/queries";
import { useViewer } from "@/features/shell/viewer";
import type { ReviewState } from "@/gql/graphql";
import { Empty } from "@/ui/Empty";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Panel } from "@/ui/Panel";
import { useGrowingList } from "@/ui/useGrowingList";
import { WideTable } from "@/ui/WideTable";
import { type ReviewTask, stateName } from "./model.ts";
import { AssignReviewTasks, ReviewMembersQuery, ReviewTasksQuery, WithdrawReviewTasks } from "./queries.ts";

interface Props {
  readonly datasetId: string;
  readonly onChanged: () => void;
}

/** The tasks themselves, in the order in which they are taken; a researcher assigns, withdraws, or opens them again. */
export function ReviewTasks({ datasetId, onChanged }: Props) {
  const [state, setState] = useState<ReviewState>("OPEN");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { first, more } = useGrowingList(25);
  const query = useQuery(ReviewTasksQuery, { variables: { id: datasetId, first, state } });
  const { mayResearch } = useViewer();
  const members = useQuery(ReviewMembersQuery, { skip: !mayResearch });
  const [assign, assigning] = useMutation(AssignReviewTasks);
  const [withdraw, withdrawing] = useMutation(WithdrawReviewTasks);
  const [reopen, reopening] = useMutation(ReopenReviewTask);
  const ids = [...chosen];
  const able = (members.data?.members ?? []).filter(({ role }) => role !== "VIEWER");
  const error = assigning.error ?? withdrawing.error ?? reopening.error;

  async function act(work: () => Promise<unknown>) {
    await work().catch(() => undefined); // shown below
    setChosen(new Set());
    await query.refetch();
    onChanged();
  }
  const choose = (id: string, wanted: boolean) => {
    const next = new Set(chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const mayChoose = mayResearch && (state === "OPEN" || state === "SKIPPED");
  return (
    <Panel
      title="Tasks"
      flush
      actions={
        <NativeSelect
          size="xs"
          aria-label="State of the tasks"
          value={state}
          data={Object.entries(stateName).map(([value, label]) => ({ value, label }))}
          onChange={(event) => {
            setState(event.currentTarget.value as ReviewState);
            setChosen(new Set());
          }}
        />
      }
    >
      {error && <ErrorPanel error={error} />}
      {mayChoose && ids.length > 0 && (
        <Group gap="xs" px="md" pb="xs">
          {state === "OPEN" && (
            <NativeSelect
              size="xs"
              aria-label="Assign the chosen tasks to"
              value=""
              data={[
                { value: "", label: `Assign ${ids.length} to…` },
                { value: "anybody", label: "whoever takes them next" },
                ...able.map(({ userId, name }) => ({ value: userId, label: name })),
              ]}
              onChange={({ currentTarget: { value } }) =>
                value !== "" &&
                void act(() => assign({ variables: { ids, userId: value === "anybody" ? null : value } }))
              }
            />
          )}
          <Button size="xs" variant="default" onClick={() => void act(() => withdraw({ variables: { ids } }))}>
            Withdraw {ids.length}
          </Button>
        </Group>
      )}
      <Loaded query={{ ...query, data: query.data ?? query.previousData }}>
        {({ dataset }) => {
          const found = dataset?.reviewTasks;
          if (!found || found.totalCount === 0) return <Empty title={`No task is ${stateName[state]}`} />;
          return (
            <>
              <WideTable label="Tasks">
                <Table.Thead>
                  <Table.Tr>
                    {mayChoose && <Table.Th aria-label="Chosen" />}
                    <Table.Th>Item</Table.Th>
                    <Table.Th>For</Table.Th>
                    <Table.Th>Why</Table.Th>
                    <Table.Th>Whose</Table.Th>
                    {state === "SKIPPED" && <Table.Th>Reason</Table.Th>}
                    {(state === "SKIPPED" || state === "DONE") && mayResearch && <Table.Th aria-label="Actions" />}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.edges.map(({ node }) => (
                    <Table.Tr key={node.id}>
                      {mayChoose && (
                        <Table.Td>
                          <Checkbox
                            size="xs"
                            aria-label={`Choose ${node.item.name}`}
                            checked={chosen.has(node.id)}
                            onChange={(event) => choose(node.id, event.currentTarget.checked)}
                          />
                        </Table.Td>
                      )}
                      <Table.Td>{node.item.name}</Table.Td>
                      <Table.Td>{purposeName[node.purpose]}</Table.Td>
                      <Table.Td>{node.note}</Table.Td>
                      <Table.Td>{whose(node)}</Table.Td>
                      {state === "SKIPPED" && <Table.Td>{node.reason}</Table.Td>}
                      {(state === "SKIPPED" || state === "DONE") && mayResearch && (
                        <Table.Td>
                          <Button
                            size="compact-xs"
                            variant="default"
                            aria-label={`Open again: ${node.item.name}`}
                            onClick={() => void act(() => reopen({ variables: { id: node.id } }))}
                          >
                            Open again
                          </Button>
                        </Table.Td>
                      )}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </WideTable>
              <MoreRows
                hasMore={found.pageInfo.hasNextPage}
                more={more}
                otherwise="the api lists them all"
                shown={found.edges.length}
                total={found.totalCount}
              />
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

const whose = ({ state, holder, assignedTo }: ReviewTask) =>
  state === "OPEN" && holder
    ? `${holder} has it`
    : (holder ?? (assignedTo ? `for ${assignedTo}` : "whoever takes it next"));
