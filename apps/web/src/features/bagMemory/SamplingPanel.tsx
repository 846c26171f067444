"use client";
import { useQuery } from "@apollo/client/react";
import { Group, NumberInput, Text } from "@mantine/core";
import { useState } from "react";
import { percent, plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { drawnSizes } from "./model.ts";
import { NoPositiveQuery } from "./queries.ts";
import { SizePlot } from "./SizePlot.tsx";

interface Props {
  readonly largestBag: number;
  /** Tiles; null: none. */
  readonly largestThatFits: number | null;
}

/** Of a slide, where the run's own bags are small: 50 of 10,000 positive is the example of the field. */
const usualTiles = 10_000;

/** The chance that a bag that is drawn of a larger one holds no positive tile. */
export function SamplingPanel({ largestBag, largestThatFits }: Props) {
  const [tiles, setTiles] = useState<number | string>(Math.max(usualTiles, largestBag));
  const [positives, setPositives] = useState<number | string>(50);
  const [all, few] = [Number(tiles), Number(positives)];
  const isRight =
    Number.isInteger(all) && all >= 2 && all <= 10_000_000 && Number.isInteger(few) && few >= 0 && few <= all;
  const fits = largestThatFits === null ? [] : [largestThatFits];
  const query = useQuery(NoPositiveQuery, {
    variables: { tiles: all, positives: few, drawn: isRight ? drawnSizes(all, fits) : [] },
    skip: !isRight,
  });
  return (
    <Panel
      title="What a drawn bag risks"
      note="Tiles are drawn without repetition; the chance is exact (hypergeometric). In each pass over the bags another draw is made."
    >
      <Group gap="md" mb="sm" align="flex-end">
        <NumberInput
          label="Tiles of the whole bag"
          size="xs"
          w={160}
          min={2}
          max={10_000_000}
          value={tiles}
          onChange={setTiles}
        />
        <NumberInput
          label="Of them positive"
          size="xs"
          w={140}
          min={0}
          max={all}
          value={positives}
          onChange={setPositives}
        />
      </Group>
      {!isRight && <ErrorPanel error={wrong} />}
      {isRight && (
        <Loaded query={query}>
          {({ chanceOfNoPositive: chances }) => {
            const at = chances.find(({ drawn }) => drawn === Math.min(all, largestThatFits ?? 0));
            const said =
              at?.drawn === all
                ? "All tiles fit: none need be drawn."
                : at
                  ? `The largest bag that fits, ${plural(at.drawn, "tile")} of ${plural(all, "tile")}, holds none of ${plural(few, "positive tile")} with a chance of ${percent(at.chance)}.`
                  : "No bag fits.";
            return (
              <>
                <Text fw={600} mb="sm">
                  {said}
                </Text>
                <SizePlot
                  line={chances.map(({ drawn, chance }) => ({ tiles: drawn, value: chance }))}
                  {...(at && { size: { tiles: at.drawn, text: "largest that fits" } })}
                  highest={1}
                  text={(value) => percent(value, 0)}
                  title="chance of no positive tile"
                  label={`Chance that a drawn bag holds no positive tile, by its size. ${said}`}
                  file={fileName("chance of no positive tile")}
                />
              </>
            );
          }}
        </Loaded>
      )}
    </Panel>
  );
}

const wrong = {
  code: "BAD_INPUT",
  title: "These are no numbers of tiles",
  message: "Expected at least 2 tiles, and at most as many positive ones.",
  fix: "Correct the two numbers.",
};
