"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { InspectionStrip } from "@/features/inspections/InspectionStrip";
import { useViewer } from "@/features/shell/viewer";
import { AskTileMaps } from "@/features/tileMaps/queries";
import { runText } from "@/features/tileMaps/text";
import { dateTime } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import type { SlideItem } from "../model.ts";
import type { ShownMap } from "./useTileMap.ts";

interface Props {
  readonly item: SlideItem;
  readonly shown: ShownMap;
  readonly inspectionId: string | null;
  readonly onChoose: (inspectionId: string) => void;
  /** An inspection has come to its end. */
  readonly onEnd: () => unknown;
}

/** Which run's maps, of those that there are; and a way to ask another run for its own. */
export function ChooseMaps({ item, shown, inspectionId, onChoose, onEnd }: Props) {
  const there = item.tileMaps.map(({ id, runs, request, createdAt }) => {
    const run = runs.find((each) => each.id === request.runId) ?? runs[0];
    return { value: id, label: `${run ? runText(run) : "run"} · ${dateTime(createdAt)}` };
  });
  const { inspection } = shown;
  const isListed = there.some(({ value }) => value === inspectionId);
  return (
    <Stack gap="xs">
      {there.length === 0 ? (
        <Text size="sm">No run has told yet what it makes of this slide’s tiles.</Text>
      ) : (
        <Select
          label="Run"
          size="xs"
          allowDeselect={false}
          placeholder="Choose a run"
          value={isListed ? inspectionId : null}
          onChange={(value) => value && onChoose(value)}
          data={there}
        />
      )}
      {inspection && inspection.state !== "SUCCEEDED" && (
        <InspectionStrip key={inspection.id} inspection={inspection} onEnd={onEnd} />
      )}
      <AskRun item={item} onAsked={onChoose} />
    </Stack>
  );
}

function AskRun({ item, onAsked }: Pick<Props, "item"> & { readonly onAsked: (id: string) => void }) {
  const { mayResearch } = useViewer();
  const [chosen, setChosen] = useState<string | null>(null);
  const [ask, asking] = useMutation(AskTileMaps);
  const runs = item.slideRuns.map(({ run, bag }) => ({ value: `${run.id} ${bag.id}`, label: runText(run) }));
  if (!mayResearch) return null;
  if (runs.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        No run with weights has learnt from this slide’s tiles: make features of them, then start an experiment on the
        bags.
      </Text>
    );
  }
  const start = async () => {
    const [runId, bagId] = (chosen ?? runs[0]!.value).split(" ");
    const answer = await ask({ variables: { input: { runId: runId!, itemIds: [bagId!] } } }).catch(() => null);
    if (answer?.data) onAsked(answer.data.inspectTileMaps.id);
  };
  return (
    <>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          style={{ flex: 1, minWidth: 0 }}
          label="Ask a run"
          size="xs"
          searchable
          allowDeselect={false}
          value={chosen ?? runs[0]!.value}
          onChange={setChosen}
          data={runs}
        />
        <Button size="xs" variant="default" onClick={start} loading={asking.loading}>
          Make maps
        </Button>
      </Group>
      {asking.error && <ErrorPanel error={asking.error} />}
    </>
  );
}
