"use client";
import { useQuery } from "@apollo/client/react";
import { Select, Stack } from "@mantine/core";
import { useCallback } from "react";
import { InspectionStrip } from "@/features/inspections/InspectionStrip";
import { useViewer } from "@/features/shell/viewer";
import { useQueryParam } from "@/lib/useQueryParam";
import { stateName } from "@/lib/words";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { AnswerPanels } from "./AnswerPanels.tsx";
import { AskPanel } from "./AskPanel.tsx";
import { askedText } from "./comparison.ts";
import { FeatureReuseListQuery } from "./queries.ts";

/** How alike the features of a run's weights are to others, block by block, asked and answered. */
export function FeatureReuseTab({ runId }: { readonly runId: string }) {
  const { mayResearch } = useViewer();
  const query = useQuery(FeatureReuseListQuery, { variables: { runId }, fetchPolicy: "cache-and-network" });
  const [chosen, setChosen] = useQueryParam("inspection", "");
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
            {mayAsk && <AskPanel runId={runId} onAsked={onAsked} />}
            {!shown && (
              <section className="panel">
                <Empty title="Nothing was compared yet">
                  {mayAsk
                    ? "Compare the start of this run with its end: blocks that stay alike were reused, blocks that do not were learnt anew."
                    : "Features can be compared once the run has a checkpoint, by a researcher of the team."}
                </Empty>
              </section>
            )}
            {shown && (
              <>
                <Panel title="Comparison">
                  <Stack gap="sm">
                    <Select
                      aria-label="Comparison shown"
                      size="sm"
                      allowDeselect={false}
                      value={shown.id}
                      onChange={(value) => setChosen(value ?? "")}
                      data={inspections.map((each) => ({
                        value: each.id,
                        label: `${askedText(each, runId)}${each.state === "SUCCEEDED" ? "" : ` (${stateName[each.state]})`}`,
                      }))}
                    />
                    <InspectionStrip key={shown.id} inspection={shown} onEnd={renew} />
                  </Stack>
                </Panel>
                {shown.state === "SUCCEEDED" && <AnswerPanels key={shown.id} asked={shown} runId={runId} />}
              </>
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}
