"use client";
import { useQuery } from "@apollo/client/react";
import { InspectionList } from "@/features/inspections/InspectionList";
import { dateTime } from "@/lib/format";
import { Loaded } from "@/ui/Loaded";
import { AskFiltersPanel } from "./AskFiltersPanel.tsx";
import { FilterAnswer } from "./FilterAnswer.tsx";
import { FiltersListQuery } from "./queries.ts";

const empty = {
  title: "No images were shown to this run's filters yet",
  mayAsk:
    "Choose a natural image and a medical one: what the filters answered before training stands beside what they answer after it.",
  mayNot: "Images can be shown once the run has a checkpoint, by a researcher of the team.",
};

/** Cat v. x-ray: the same filters on two images, before training and after. */
export function FiltersTab({ runId }: { readonly runId: string }) {
  const query = useQuery(FiltersListQuery, { variables: { runId }, fetchPolicy: "cache-and-network" });
  return (
    <Loaded query={query}>
      {({ run }) => (
        <InspectionList
          inspections={run?.inspections ?? []}
          checkpoints={run?.checkpoints ?? []}
          refetch={query.refetch}
          param="filters"
          ask={(onAsked) => <AskFiltersPanel runId={runId} dataset={run?.dataset ?? null} onAsked={onAsked} />}
          empty={empty}
          title="Shown"
          select={{ label: "Images", size: "xs", maw: 520 }}
          text={(each) => `${imagesText(each.request)}, ${dateTime(each.createdAt)}`}
          answer={(shown) => <FilterAnswer key={shown.id} id={shown.id} />}
        />
      )}
    </Loaded>
  );
}

const imagesText = (request: Record<string, unknown>): string =>
  (request.images as readonly { readonly name: string }[]).map(({ name }) => name).join(" and ");
