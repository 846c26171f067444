"use client";
import { useQuery } from "@apollo/client/react";
import { Alert, NumberInput, SimpleGrid, Text, TextInput } from "@mantine/core";
import { count } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { type DraftBags, parseRates } from "./draft.ts";
import { LabelledTilesQuery } from "./queries.ts";

interface Props {
  readonly datasetId: string;
  readonly splitId: string | undefined;
  readonly rates: string;
  readonly onRates: (text: string) => void;
  readonly bags: DraftBags;
  readonly onBags: (bags: DraftBags) => void;
}

const labels: Readonly<Record<keyof DraftBags, string>> = {
  tiles: "Tiles of a bag",
  train: "Training bags",
  validation: "Validation bags",
  test: "Test bags",
  seed: "Seed of the draw",
};

/** Which bags are composed, and what there is to compose them of. */
export function BagsPanel({ datasetId, splitId, rates, onRates, bags, onBags }: Props) {
  const query = useQuery(LabelledTilesQuery, { variables: { datasetId } });
  const folds = query.data?.dataset?.splits.find(({ id }) => id === splitId)?.labelledTiles;
  const isKnown = folds === undefined || folds.some(({ known }) => known > 0);
  return (
    <Panel
      title="3 · Rates and bags"
      note="At every rate as many bags are composed, half of them positive; tiles stay within their fold. Negative bags are the same at every rate, and the witnesses of a lower rate are among those of a higher one."
    >
      {!isKnown && (
        <Alert color="orange" title="The tiles of this dataset have no labels of their own" mb="sm">
          Bags can be composed anew only of tiles that are known to be witnesses or not. Import a table of bags with a
          column tile_label: 1 for a tile that makes its bag positive, else 0.
        </Alert>
      )}
      <TextInput
        label="Witness rates, %"
        description="Share of a positive bag’s tiles, 0.1 to 50"
        value={rates}
        error={parseRates(rates) === null ? "Write percentages above 0, for example 0.5, 1, 5" : undefined}
        onChange={(event) => onRates(event.currentTarget.value)}
      />
      <SimpleGrid cols={{ base: 2, xs: 3, lg: 5 }} spacing="md" mt="sm">
        {(Object.keys(labels) as (keyof DraftBags)[]).map((field) => (
          <NumberInput
            key={field}
            label={labels[field]}
            min={field === "seed" ? 0 : field === "tiles" ? 2 : 4}
            max={field === "seed" ? 2 ** 31 - 1 : field === "tiles" ? 50_000 : 5000}
            allowDecimal={false}
            value={bags[field]}
            onChange={(value) => onBags({ ...bags, [field]: value })}
          />
        ))}
      </SimpleGrid>
      {isKnown && folds && folds.length > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          Tiles to draw from:{" "}
          {folds
            .map(({ fold, positive, negative }) => `${fold} ${count(positive)} witnesses and ${count(negative)} others`)
            .join(", ")}
          .
        </Text>
      )}
    </Panel>
  );
}
