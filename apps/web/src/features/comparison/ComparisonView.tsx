"use client";
import { SimpleGrid, Stack } from "@mantine/core";
import { useMemo, useState } from "react";
import { useQueryParam } from "@/lib/useQueryParam";
import { Panel } from "@/ui/Panel";
import { Answer } from "./Answer.tsx";
import { ComparedItemViewer } from "./ComparedItemViewer.tsx";
import { ItemPictures } from "./ItemPictures.tsx";
import { ItemScatter } from "./ItemScatter.tsx";
import { basisOfItems, type ComparisonModel, type ItemOrder, ordered } from "./model.ts";
import { SeedScores } from "./SeedScores.tsx";
import { SizeStrata } from "./SizeStrata.tsx";

/** All projections of one comparison. */
export function ComparisonView({ model }: { readonly model: ComparisonModel }) {
  const [itemId, openItem] = useQueryParam("item", "");
  const [order, setOrder] = useState<ItemOrder>("worst");
  const items = useMemo(() => ordered(model, order), [model, order]);
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Panel title="Answer" note={model.basis}>
          <Answer model={model} />
        </Panel>
        <Panel
          title="Dice per arm"
          note={`Each mark is one seed (its mean over the items); the upright bar is the mean, the line mean ± SD over seeds. Grey lines pair the seeds. ${model.data.fold === "TEST" ? "Test" : "Validation"} fold, label version ${model.data.labelVersion.number}.`}
        >
          <SeedScores model={model} />
        </Panel>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Panel
          title="Item against item"
          note={`One mark per item: ${basisOfItems(model)}. Above the line: better under ${model.b.name}. A click opens the item.`}
        >
          <ItemScatter model={model} onOpen={openItem} />
        </Panel>
        <Panel
          title="Dice against region size"
          note={`Mean over the items of a stratum, ${basisOfItems(model)}; the interval is over items, and there is none below 10 of them.`}
        >
          <SizeStrata model={model} />
        </Panel>
      </SimpleGrid>
      <ItemPictures model={model} items={items} order={order} onOrder={setOrder} onOpen={openItem} />
      <ComparedItemViewer model={model} items={items} itemId={itemId} onMove={openItem} />
    </Stack>
  );
}
