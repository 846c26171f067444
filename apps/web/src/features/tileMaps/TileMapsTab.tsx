"use client";
import { useQuery } from "@apollo/client/react";
import { InspectionList } from "@/features/inspections/InspectionList";
import { Loaded } from "@/ui/Loaded";
import { AskPanel } from "./AskPanel.tsx";
import { TileMapsListQuery } from "./queries.ts";
import { TileMapsAnswer } from "./TileMapsAnswer.tsx";
import { askedText } from "./text.ts";

interface Props {
  readonly runId: string;
  readonly classes: readonly string[];
}

const empty = {
  title: "No tile maps yet",
  mayAsk:
    "Choose bags above. Attention and scores are first held against models that have learnt nothing, and are stamped if they are the same there.",
  mayNot: "Tile maps can be made once the run has a checkpoint, by a researcher of the team.",
};

/** What tiles weigh and say in a run on bags, never without the checks of each kind of map. */
export function TileMapsTab({ runId, classes }: Props) {
  const query = useQuery(TileMapsListQuery, { variables: { runId }, fetchPolicy: "cache-and-network" });
  return (
    <Loaded query={query}>
      {({ run }) => (
        <InspectionList
          inspections={run?.inspections ?? []}
          checkpoints={run?.checkpoints ?? []}
          refetch={query.refetch}
          param="maps"
          ask={(onAsked) => <AskPanel runId={runId} classes={classes} onAsked={onAsked} />}
          empty={empty}
          title="Inspection"
          select={{ "aria-label": "Inspection shown", size: "sm" }}
          text={({ request }) => askedText(request, classes)}
          answer={({ id }) => <TileMapsAnswer key={id} inspectionId={id} />}
        />
      )}
    </Loaded>
  );
}
