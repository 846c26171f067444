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
import { askedText } from "./checkText.ts";
import { HeatmapsListQuery } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly classes: readonly string[];
}

/** Where a classifier's logits come from, asked and answered, never without the checks of the method. */
export function HeatmapsTab({ runId, classes }: Props) {
  const { mayResearch } = useViewer();
  const query = useQuery(HeatmapsListQuery, { variables: { runId }, fetchPolicy: "cache-and-network" });
  const [chosen, setChosen] = useQueryParam("heatmaps", "");
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
            {mayAsk && <AskPanel runId={runId} classes={classes} onAsked={onAsked} />}
            {!shown && (
              <section className="panel">
                <Empty title="No heatmaps yet">
                  {mayAsk
                    ? "Choose items and methods above. Each method is first held against models that have learnt nothing, and is stamped if its maps are the same there."
                    : "Heatmaps can be made once the run has a checkpoint, by a researcher of the team."}
                </Empty>
              </section>
            )}
            {shown && (
              <>
                <Panel title="Inspection">
                  <Stack gap="sm">
                    <Select
                      aria-label="Inspection shown"
                      size="sm"
                      allowDeselect={false}
                      value={shown.id}
                      onChange={(value) => setChosen(value ?? "")}
                      data={inspections.map((each) => ({
                        value: each.id,
                        label: `${askedText(each.request, classes)}${each.state === "SUCCEEDED" ? "" : ` (${stateName[each.state]})`}`,
                      }))}
                    />
                    <InspectionStrip key={shown.id} inspection={shown} onEnd={renew} />
                  </Stack>
                </Panel>
                {shown.state === "SUCCEEDED" && (
                  <AnswerPanels
                    key={shown.id}
                    inspectionId={shown.id}
                    baseline={String(shown.request.baseline)}
                    classes={classes}
                  />
                )}
              </>
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}
