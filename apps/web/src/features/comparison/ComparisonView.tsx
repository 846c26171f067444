"use client";
import { SimpleGrid, Stack } from "@mantine/core";
import { useQueryParam } from "@/lib/useQueryParam";
import { Panel } from "@/ui/Panel";
import { Answer } from "./Answer.tsx";
import { ComparedItemViewer } from "./ComparedItemViewer.tsx";
import { ItemPictures } from "./ItemPictures.tsx";
import { ItemScatter } from "./ItemScatter.tsx";
import type { ComparisonModel } from "./model.ts";
import { SeedScores } from "./SeedScores.tsx";
import { SizeStrata } from "./SizeStrata.tsx";

/** All projections of one comparison. */
export function ComparisonView({ model }: { readonly model: ComparisonModel }) {
  const [itemId, openItem] = useQueryParam("item", "");
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Panel title="Answer" note={model.basis}>
          <Answer model={model} />
        </Panel>
        <Panel
          title="Dice per arm"
          note="Each mark is one seed (its mean over the items); the bar is the mean, the line mean ± SD over seeds. Grey lines pair the seeds."
        >
          <SeedScores model={model} />
        </Panel>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Panel
          title="Item against item"
          note={`Dice of each item, mean over seeds. Above the line: better under ${model.b.name}. A click opens the item.`}
        >
          <ItemScatter model={model} onOpen={openItem} />
        </Panel>
        <Panel
          title="Dice against region size"
          note="Mean per stratum of region size, with its interval; no interval below 10 items."
        >
          <SizeStrata model={model} />
        </Panel>
      </SimpleGrid>
      <ItemPictures model={model} onOpen={openItem} />
      <ComparedItemViewer model={model} itemId={itemId} onMove={openItem} />
    </Stack>
  );
}
