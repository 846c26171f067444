"use client";
import { useQuery } from "@apollo/client/react";
import { InspectionList } from "@/features/inspections/InspectionList";
import { count, dateTime } from "@/lib/format";
import { Loaded } from "@/ui/Loaded";
import { AskBagMemoryPanel } from "./AskBagMemoryPanel.tsx";
import { BagMemoryAnswer } from "./BagMemoryAnswer.tsx";
import { BagMemoryListQuery } from "./queries.ts";

const empty = {
  title: "The memory of this run’s bags was not planned yet",
  mayAsk: "Plan it: how much memory a bag of so many tiles takes, the largest that fits, and what drawing fewer risks.",
  mayNot: "It can be planned once the run has a checkpoint, by a researcher of the team.",
};

/** The bag-memory planner of a run on bags. */
export function BagMemoryTab({ runId }: { readonly runId: string }) {
  const query = useQuery(BagMemoryListQuery, { variables: { runId }, fetchPolicy: "cache-and-network" });
  return (
    <Loaded query={query}>
      {({ run }) => (
        <InspectionList
          inspections={run?.inspections ?? []}
          checkpoints={run?.checkpoints ?? []}
          refetch={query.refetch}
          param="plan"
          ask={(onAsked) => <AskBagMemoryPanel runId={runId} onAsked={onAsked} />}
          empty={empty}
          title="Planned"
          select={{ label: "Plan", size: "xs", maw: 420 }}
          text={(each) => `up to ${count(Number(each.request.largest))} tiles, ${dateTime(each.createdAt)}`}
          answer={(shown) => <BagMemoryAnswer key={shown.id} id={shown.id} />}
        />
      )}
    </Loaded>
  );
}
