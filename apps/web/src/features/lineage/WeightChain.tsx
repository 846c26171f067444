"use client";
import { useQuery } from "@apollo/client/react";
import { Stack } from "@mantine/core";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { ChainGraph } from "./ChainGraph.tsx";
import { ForgettingTable } from "./ForgettingTable.tsx";
import { GainTable } from "./GainTable.tsx";
import { OverlapPanel } from "./OverlapPanel.tsx";
import { LineageQuery } from "./queries.ts";

/** Where a run's weights come from, hop by hop: what each is worth on this run's data, what it forgot, what it has seen of the test. */
export function WeightChain({ runId }: { readonly runId: string }) {
  const query = useQuery(LineageQuery, { variables: { id: runId } });
  return (
    <Loaded query={query}>
      {({ run }) => {
        const chain = run!.lineage;
        const hops = chain.nodes.slice(0, -1).filter(({ kind }) => kind === "RUN");
        return (
          <Stack gap="md">
            {chain.blocked && <OverlapPanel hops={hops} />}
            <Panel
              title="Weights"
              note="The chain that went into this run. Below a hop: what it adds on this run's test fold."
            >
              <ChainGraph chain={chain} />
            </Panel>
            {hops.length > 0 && <GainTable hops={hops} />}
            {hops.length > 0 && <ForgettingTable hops={hops} runId={runId} onChange={query.refetch} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}
