"use client";
import { useQuery } from "@apollo/client/react";
import { InspectionList } from "@/features/inspections/InspectionList";
import { Loaded } from "@/ui/Loaded";
import { AnswerPanels } from "./AnswerPanels.tsx";
import { AskPanel } from "./AskPanel.tsx";
import { askedText } from "./comparison.ts";
import { FeatureReuseListQuery } from "./queries.ts";

const empty = {
  title: "Nothing was compared yet",
  mayAsk:
    "Compare the start of this run with its end: blocks that stay alike were reused, blocks that do not were learnt anew.",
  mayNot: "Features can be compared once the run has a checkpoint, by a researcher of the team.",
};

/** How alike the features of a run's weights are to others, block by block, asked and answered. */
export function FeatureReuseTab({ runId }: { readonly runId: string }) {
  const query = useQuery(FeatureReuseListQuery, { variables: { runId }, fetchPolicy: "cache-and-network" });
  return (
    <Loaded query={query}>
      {({ run }) => (
        <InspectionList
          inspections={run?.inspections ?? []}
          checkpoints={run?.checkpoints ?? []}
          refetch={query.refetch}
          param="inspection"
          ask={(onAsked) => <AskPanel runId={runId} onAsked={onAsked} />}
          empty={empty}
          title="Comparison"
          select={{ "aria-label": "Comparison shown", size: "sm" }}
          text={(each) => askedText(each, runId)}
          answer={(shown) => <AnswerPanels key={shown.id} asked={shown} runId={runId} />}
        />
      )}
    </Loaded>
  );
}
