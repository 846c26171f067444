"use client";
import { useQuery } from "@apollo/client/react";
import { InspectionList } from "@/features/inspections/InspectionList";
import { Loaded } from "@/ui/Loaded";
import { AnswerPanels } from "./AnswerPanels.tsx";
import { AskPanel } from "./AskPanel.tsx";
import { askedText } from "./checkText.ts";
import { HeatmapsListQuery } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly classes: readonly string[];
}

const empty = {
  title: "No heatmaps yet",
  mayAsk:
    "Choose items and methods above. Each method is first held against models that have learnt nothing, and is stamped if its maps are the same there.",
  mayNot: "Heatmaps can be made once the run has a checkpoint, by a researcher of the team.",
};

/** Where a classifier's logits come from, asked and answered, never without the checks of the method. */
export function HeatmapsTab({ runId, classes }: Props) {
  const query = useQuery(HeatmapsListQuery, { variables: { runId }, fetchPolicy: "cache-and-network" });
  return (
    <Loaded query={query}>
      {({ run }) => (
        <InspectionList
          inspections={run?.inspections ?? []}
          checkpoints={run?.checkpoints ?? []}
          refetch={query.refetch}
          param="heatmaps"
          ask={(onAsked) => <AskPanel runId={runId} classes={classes} onAsked={onAsked} />}
          empty={empty}
          title="Inspection"
          select={{ "aria-label": "Inspection shown", size: "sm" }}
          text={({ request }) => askedText(request, classes)}
          answer={({ id, request }) => (
            <AnswerPanels key={id} inspectionId={id} baseline={String(request.baseline)} classes={classes} />
          )}
        />
      )}
    </Loaded>
  );
}
