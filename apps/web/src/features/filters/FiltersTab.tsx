"use client";
import { useQuery } from "@apollo/client/react";
import { Select, Stack } from "@mantine/core";
import { useCallback } from "react";
import { InspectionStrip } from "@/features/inspections/InspectionStrip";
import { useViewer } from "@/features/shell/viewer";
import { dateTime } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { stateName } from "@/lib/words";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { AskFiltersPanel } from "./AskFiltersPanel.tsx";
import { FilterAnswer } from "./FilterAnswer.tsx";
import { FiltersListQuery } from "./queries.ts";

/** Cat v. x-ray: the same filters on two images, before training and after. */
export function FiltersTab({ runId }: { readonly runId: string }) {
  const { mayResearch } = useViewer();
  const query = useQuery(FiltersListQuery, { variables: { runId }, fetchPolicy: "cache-and-network" });
  const [chosen, setChosen] = useQueryParam("filters", "");
  const { refetch } = query;
  const renew = useCallback(() => refetch(), [refetch]);
  const onAsked = async (id: string) => {
    await refetch();
    setChosen(id);
  };
  return (
    <Loaded query={query}>
      {({ run }) => {
        const inspections = run?.inspections ?? [];
        const shown = inspections.find(({ id }) => id === chosen) ?? inspections[0];
        const mayAsk = mayResearch && run?.checkpoints.some(({ kind }) => kind === "BEST");
        return (
          <Stack gap="md">
            {mayAsk && <AskFiltersPanel runId={runId} dataset={run?.dataset ?? null} onAsked={onAsked} />}
            {!shown && (
              <section className="panel">
                <Empty title="No images were shown to this run's filters yet">
                  {mayAsk
                    ? "Choose a natural image and a medical one: what the filters answered before training stands beside what they answer after it."
                    : "Images can be shown once the run has a checkpoint, by a researcher of the team."}
                </Empty>
              </section>
            )}
            {shown && (
              <>
                <Panel title="Shown">
                  <Stack gap="sm">
                    <Select
                      label="Images"
                      size="xs"
                      maw={520}
                      allowDeselect={false}
                      value={shown.id}
                      onChange={(value) => setChosen(value ?? "")}
                      data={inspections.map((each) => ({
                        value: each.id,
                        label: `${imagesText(each.request)}, ${dateTime(each.createdAt)}${each.state === "SUCCEEDED" ? "" : ` (${stateName[each.state]})`}`,
                      }))}
                    />
                    <InspectionStrip key={shown.id} inspection={shown} onEnd={renew} />
                  </Stack>
                </Panel>
                {shown.state === "SUCCEEDED" && <FilterAnswer key={shown.id} id={shown.id} />}
              </>
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

const imagesText = (request: Record<string, unknown>): string =>
  (request.images as readonly { readonly name: string }[]).map(({ name }) => name).join(" and ");
