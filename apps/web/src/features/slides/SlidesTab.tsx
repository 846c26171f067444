"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconGridDots, IconVectorTriangle } from "@tabler/icons-react";
import { useViewer } from "@/features/shell/viewer";
import { usePollWhile } from "@/lib/usePollWhile";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { isActive } from "./model.ts";
import { NewFeatures } from "./NewFeatures.tsx";
import { NewTiles } from "./NewTiles.tsx";
import { SlidesQuery } from "./queries.ts";
import { SlideJobCard } from "./SlideJobCard.tsx";
import { SlideTiles } from "./SlideTiles.tsx";

/** From slides to bags: where their tissue is, cut into tiles, and the tiles' features. */
export function SlidesTab({ datasetId }: { readonly datasetId: string }) {
  const query = useQuery(SlidesQuery, { variables: { id: datasetId } });
  const busy = query.data?.dataset?.slideJobs.some(isActive) ?? false;
  usePollWhile(query, busy, 1_000);
  const { mayResearch } = useViewer();
  const [cutting, tiles] = useDisclosure(false);
  const [encoding, features] = useDisclosure(false);
  const refresh = () => void query.refetch();
  return (
    <Loaded query={query}>
      {({ dataset, weights, tileEncoderRuns }) => {
        if (!dataset) return null;
        const cuts = dataset.slideJobs.filter(({ kind }) => kind === "TILES");
        const done = cuts.filter(({ state }) => state === "SUCCEEDED");
        const shown = cuts.find(({ state, done: slides }) => state === "SUCCEEDED" || slides > 0);
        return (
          <Stack gap="md">
            <Panel
              flush
              title="Tiles and features"
              note="Tissue is found on an overview of each slide (Otsu on saturation, without ink), a grid is laid over it, and blurred tiles are left out. Only places are stored, no pixels."
              actions={
                mayResearch && (
                  <Group gap="xs">
                    <Button size="xs" leftSection={<IconGridDots size={15} aria-hidden />} onClick={tiles.open}>
                      Cut tiles
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      leftSection={<IconVectorTriangle size={15} aria-hidden />}
                      onClick={features.open}
                      disabled={done.length === 0}
                    >
                      Make features
                    </Button>
                  </Group>
                )
              }
            >
              {dataset.slideJobs.length === 0 ? (
                <Empty title="No tiles yet">
                  Cut the slides into tiles; then a net makes features of them, and the slides become bags to train on.
                </Empty>
              ) : (
                <Stack gap={0}>
                  {dataset.slideJobs.map((job) => (
                    <SlideJobCard key={job.id} job={job} onChanged={refresh} />
                  ))}
                </Stack>
              )}
            </Panel>
            {shown && <SlideTiles key={`${shown.id} ${shown.done}`} job={shown} />}
            <NewTiles datasetId={dataset.id} opened={cutting} onClose={tiles.close} onQueued={refresh} />
            <NewFeatures
              dataset={dataset}
              cuts={done}
              nets={{ weights, tileEncoderRuns }}
              opened={encoding}
              onClose={features.close}
              onQueued={refresh}
            />
          </Stack>
        );
      }}
    </Loaded>
  );
}
