"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ShownImageInput } from "@/gql/graphql";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { ImageChoice } from "./ImageChoice.tsx";
import { AskFilters, DatasetsToShowQuery } from "./queries.ts";

interface Props {
  readonly runId: string;
  /** The run's own. */
  readonly dataset: { readonly id: string } | null;
  readonly onAsked: (inspectionId: string) => unknown;
}

/** Chooses the two images and starts the inspection. The run's own dataset has the medical one; another may have the natural one. */
export function AskFiltersPanel({ runId, dataset, onAsked }: Props) {
  const [natural, setNatural] = useState<ShownImageInput | null>(null);
  const [medical, setMedical] = useState<ShownImageInput | null>(null);
  const query = useQuery(DatasetsToShowQuery);
  const [ask, asking] = useMutation(AskFilters);
  const datasets = query.data?.datasets.edges.map(({ node }) => node).filter(({ itemCount }) => itemCount > 0) ?? [];
  const start = async () => {
    if (!natural || !medical) return;
    const input = { runId, images: [natural, medical] };
    const answer = await ask({ variables: { input } }).catch(() => null);
    if (answer?.data) onAsked(answer.data.inspectFilters.id);
  };
  return (
    <Panel
      title="Cat v. x-ray"
      note="A worker shows both images to the run's filters as they were before training and as they are in its best checkpoint, and looks for dead filters on up to 256 validation items. Test items are never used."
    >
      <Stack gap="md">
        {query.error && <ErrorPanel error={query.error} retry={query.refetch} />}
        {query.data && (
          <div className="ask-images">
            <ImageChoice
              title="A natural image"
              datasets={datasets}
              first={datasets.find(({ id }) => id !== dataset?.id)?.id ?? null}
              onChange={setNatural}
            />
            <ImageChoice
              title="A medical image"
              datasets={datasets}
              first={dataset?.id ?? null}
              onChange={setMedical}
            />
          </div>
        )}
        <Group gap="sm">
          <Button size="sm" onClick={start} loading={asking.loading} disabled={!natural || !medical}>
            Show both to the filters
          </Button>
          <Text size="xs" c="dimmed">
            Any two images will do. Asked before, the same answer is shown.
          </Text>
        </Group>
        {asking.error && <ErrorPanel error={asking.error} />}
      </Stack>
    </Panel>
  );
}
