"use client";
import { Select, type SelectProps, Stack } from "@mantine/core";
import { type ReactNode, useCallback } from "react";
import { useViewer } from "@/features/shell/viewer";
import type { InspectionFieldsFragment } from "@/gql/graphql";
import { useQueryParam } from "@/lib/useQueryParam";
import { stateName } from "@/lib/words";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { InspectionStrip } from "./InspectionStrip.tsx";

interface Props<Asked extends InspectionFieldsFragment> {
  /** Newest first; of one kind and run. */
  readonly inspections: readonly Asked[];
  readonly checkpoints: readonly { readonly kind: string }[];
  readonly refetch: () => Promise<unknown>;
  /** What the address calls the inspection that is shown. */
  readonly param: string;
  /** The form; `onAsked` shows what it asked. */
  readonly ask: (onAsked: (id: string) => Promise<void>) => ReactNode;
  /** While nothing was asked: its title, and what to do for who may ask, and for who may not. */
  readonly empty: { readonly title: string; readonly mayAsk: string; readonly mayNot: string };
  readonly title: string;
  readonly select: Pick<SelectProps, "aria-label" | "label" | "size" | "maw">;
  /** What was asked, in a line. */
  readonly text: (inspection: Asked) => string;
  /** Of one that has succeeded. */
  readonly answer: (inspection: Asked) => ReactNode;
}

/** A run's inspections of one kind: asked, chosen among, followed, and answered. */
export function InspectionList<Asked extends InspectionFieldsFragment>(props: Props<Asked>) {
  const { inspections, checkpoints, refetch, param, ask, empty, title, select, text, answer } = props;
  const { mayResearch } = useViewer();
  const [chosen, setChosen] = useQueryParam(param, "");
  const renew = useCallback(() => refetch(), [refetch]);
  const onAsked = async (id: string) => {
    await refetch();
    setChosen(id);
  };
  const shown = inspections.find(({ id }) => id === chosen) ?? inspections[0];
  const mayAsk = mayResearch && checkpoints.some(({ kind }) => kind === "BEST");
  return (
    <Stack gap="md">
      {mayAsk && ask(onAsked)}
      {!shown && (
        <section className="panel">
          <Empty title={empty.title}>{mayAsk ? empty.mayAsk : empty.mayNot}</Empty>
        </section>
      )}
      {shown && (
        <>
          <Panel title={title}>
            <Stack gap="sm">
              <Select
                {...select}
                allowDeselect={false}
                value={shown.id}
                onChange={(value) => setChosen(value ?? "")}
                data={inspections.map((each) => ({
                  value: each.id,
                  label: `${text(each)}${each.state === "SUCCEEDED" ? "" : ` (${stateName[each.state]})`}`,
                }))}
              />
              <InspectionStrip key={shown.id} inspection={shown} onEnd={renew} />
            </Stack>
          </Panel>
          {shown.state === "SUCCEEDED" && answer(shown)}
        </>
      )}
    </Stack>
  );
}
