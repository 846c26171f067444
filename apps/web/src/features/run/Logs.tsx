"use client";
import { useQuery } from "@apollo/client/react";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Panel } from "@/ui/Panel";
import { useGrowingList } from "@/ui/useGrowingList";
import { LogsQuery } from "./queries.ts";

const time = (iso: string) => new Date(iso).toLocaleTimeString("en-GB");

export function Logs({ runId, open }: { readonly runId: string; readonly open: boolean }) {
  const { first, more } = useGrowingList(200);
  const query = useQuery(LogsQuery, { variables: { id: runId, first }, pollInterval: open ? 5_000 : 0 });
  return (
    <Panel title="Log" note="Oldest first" flush>
      <Loaded query={query}>
        {({ run }) =>
          !run || run.logs.edges.length === 0 ? (
            <Empty title="Nothing logged yet" />
          ) : (
            <>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
              <div className="log" role="log" tabIndex={0} aria-label="Log lines">
                {run.logs.edges.map(({ node }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended
                  <div key={at} className={`log-${node.level.toLowerCase()}`}>
                    <time dateTime={node.loggedAt}>{time(node.loggedAt)}</time>{" "}
                    {node.level === "INFO" ? "" : `${node.level.toLowerCase()}: `}
                    {node.message}
                  </div>
                ))}
              </div>
              <MoreRows
                hasMore={run.logs.pageInfo.hasNextPage}
                more={more}
                otherwise="these are the oldest"
                shown={run.logs.edges.length}
                total={run.logs.totalCount}
              />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
