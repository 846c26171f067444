"use client";
import { Group, Kbd, Modal, SegmentedControl, SimpleGrid, Slider, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import { ArmName } from "@/features/curves/ArmKey";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { overTruth } from "@/features/masks/overTruth";
import { percent, plural, score, signed } from "@/lib/format";
import { isSlider } from "@/lib/isSlider";
import { Stat } from "@/ui/Stat";
import { layerOf, predictionOf } from "./itemLayers.ts";
import type { ComparisonModel } from "./model.ts";

interface Props {
  readonly model: ComparisonModel;
  /** In the order on the screen: the arrows follow it. */
  readonly items: ComparisonModel["scored"];
  /** Empty: closed. */
  readonly itemId: string;
  readonly onMove: (itemId: string) => void;
}

/** One item under both arms, seed by seed. Arrows go to its neighbours. */
export function ComparedItemViewer({ model, items, itemId, onMove }: Props) {
  const seeds = model.data.perSeed.map((each) => each.seed);
  const [seed, setSeed] = useState<number | null>(seeds[0] ?? null);
  const [tint, setTint] = useState(0.2);
  const place = items.findIndex((each) => each.item.id === itemId);
  const found = items[place];
  const go = (step: number) => {
    const next = items[place + step];
    if (place >= 0 && next) onMove(next.item.id);
  };
  useHotkeys([
    ["ArrowLeft", (event) => !isSlider(event) && go(-1)],
    ["ArrowRight", (event) => !isSlider(event) && go(1)],
  ]);
  if (!found) return null;
  const truth = layerOf(model, found, "truth", null, 0);
  const { classes } = model.data.labelVersion;

  return (
    <Modal opened onClose={() => onMove("")} title={found.item.name} size="min(1240px, 97vw)">
      <SimpleGrid
        cols={{ base: 1, sm: 3 }}
        spacing="xs"
        mx="auto"
        maw={{ sm: `calc((100dvh - 300px) * ${(3 * found.item.width) / found.item.height})` }}
      >
        <figure style={{ margin: 0 }}>
          <MaskedImage
            src={found.item.imageUrl}
            alt={`${found.item.name}, truth outlined in white`}
            aspect={found.item.width / found.item.height}
            classes={classes.length}
            layers={truth}
          />
          <figcaption>
            <Text size="sm" mt={4}>
              Truth, label version {model.data.labelVersion.number}
            </Text>
          </figcaption>
        </figure>
        {(["a", "b"] as const).map((which) => {
          const side = model[which];
          const prediction = predictionOf(which === "a" ? found.predictionsA : found.predictionsB, seed);
          return (
            <figure key={which} style={{ margin: 0 }}>
              <MaskedImage
                src={found.item.imageUrl}
                alt={`${found.item.name}, prediction of ${side.name} in its colour, truth outlined in white`}
                aspect={found.item.width / found.item.height}
                classes={classes.length}
                layers={overTruth(classes, layerOf(model, found, which, seed, tint), truth)}
              />
              <figcaption>
                <Group justify="space-between" mt={4} gap={6}>
                  <ArmName name={side.name} look={side.look} />
                  <Text size="sm">
                    seed {prediction?.seed ?? "?"}: <b>{score(prediction?.dice)}</b>
                  </Text>
                </Group>
              </figcaption>
            </figure>
          );
        })}
      </SimpleGrid>
      <ClassLegend classes={classes} />
      <Group justify="space-between" mt="md" align="flex-end">
        <Group gap="lg">
          {[model.a, model.b].map((side, at) => (
            <Stat key={side.name} label={`Dice, mean of ${plural(seeds.length, "seed")}`} note={<ArmName {...side} />}>
              {score(at === 0 ? found.a : found.b)}
            </Stat>
          ))}
          <Stat label="Difference" note="second arm minus first">
            {signed(found.difference)}
          </Stat>
          <Stat label="Region" note="of the image">
            {percent(found.regionShare)}
          </Stat>
        </Group>
        <Group gap="md">
          {seeds.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label="Seed"
              value={String(seed)}
              onChange={(value) => setSeed(Number(value))}
              data={seeds.map((each) => ({ value: String(each), label: `seed ${each}` }))}
            />
          )}
          <Slider
            w={90}
            size="sm"
            min={0}
            max={0.9}
            step={0.05}
            value={tint}
            onChange={setTint}
            label={null}
            thumbLabel="Opacity of the predictions"
          />
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mt="sm" visibleFrom="sm">
        Item {place + 1} of {items.length}, label version {model.data.labelVersion.number}; Dice {model.data.convention}
        . <Kbd size="xs">←</Kbd> <Kbd size="xs">→</Kbd> previous and next item.
      </Text>
    </Modal>
  );
}
