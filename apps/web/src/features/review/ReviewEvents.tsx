"use client";
import { useQuery } from "@apollo/client/react";
import { Table } from "@mantine/core";
import { purposeName } from "@/features/annotate/model";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Panel } from "@/ui/Panel";
import { useGrowingList } from "@/ui/useGrowingList";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";
import { eventText } from "./model.ts";
import { ReviewEventsQuery } from "./queries.ts";

/** Every action, with who and when. */
export function ReviewEvents({ datasetId }: { readonly datasetId: string }) {
  const { first, more } = useGrowingList(15);
  const query = useQuery(ReviewEventsQuery, { variables: { id: datasetId, first }, pollInterval: 10_000 });
  return (
    <Panel title="Who did what" note="Never changed; the newest first." flush>
      <Loaded query={{ ...query, data: query.data ?? query.previousData }}>
        {({ dataset }) =>
          dataset && (
            <>
              <WideTable label="Who did what">
                <Table.Tbody>
                  {dataset.reviewEvents.edges.map(({ cursor, node }) => (
                    <Table.Tr key={cursor}>
                      <Table.Td>
                        <When iso={node.createdAt} />
                      </Table.Td>
                      <Table.Td>
                        {node.by ?? "A worker"} {eventText[node.kind]}{" "}
                        {node.kind === "ASSIGNED" ? (node.detail ?? "whoever takes it next") : node.detail}
                      </Table.Td>
                      <Table.Td>
                        {node.task.item.name} · {purposeName[node.task.purpose]}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </WideTable>
              <MoreRows
                hasMore={dataset.reviewEvents.pageInfo.hasNextPage}
                more={more}
                otherwise="the api lists them all"
                shown={dataset.reviewEvents.edges.length}
                total={dataset.reviewEvents.totalCount}
              />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
