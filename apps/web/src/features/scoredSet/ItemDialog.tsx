"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Group, Kbd, Modal, SegmentedControl, SimpleGrid, Skeleton, Slider, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { ArmName } from "@/features/curves/ArmKey";
import { ClassLegend } from "@/features/masks/ClassLegend";
import type { MaskLayer } from "@/features/masks/drawMask";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { overTruth } from "@/features/masks/overTruth";
import type { ScoredItemFieldsFragment } from "@/gql/graphql";
import { truthOnImage } from "@/lib/arms";
import { score } from "@/lib/format";
import { isSlider } from "@/lib/isSlider";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import type { SetModel } from "./model.ts";
import { ScoredItemQuery } from "./pictureQueries.ts";
import { setOf } from "./source.ts";
import type { SetChoice } from "./useSetChoice.ts";

interface Props {
  readonly choice: SetChoice;
  readonly model: SetModel;
  /** In the order on the screen: the arrows follow it. */
  readonly items: readonly { readonly id: string; readonly name: string }[];
  /** Empty: closed. */
  readonly itemId: string;
  readonly onMove: (itemId: string) => void;
  /** Shown first, where a run of it has scored the item. */
  readonly firstSeed?: number | null;
  /** Numbers of the item that the board knows. */
  readonly children?: ReactNode;
}

/** One item as every arm predicts it, seed by seed. Arrows go to its neighbours. */
export function ItemDialog({ choice, model, items, itemId, onMove, firstSeed = null, children }: Props) {
  const place = items.findIndex(({ id }) => id === itemId);
  const found = items[place];
  const query = useQuery(ScoredItemQuery, {
    variables: { ...choice.variables, labelVersionId: model.labelVersionId, itemId },
    skip: !found,
    fetchPolicy: "no-cache",
  });
  const go = (step: number) => {
    const next = items[place + step];
    if (place >= 0 && next) onMove(next.id);
  };
  useHotkeys([
    ["ArrowLeft", (event) => !isSlider(event) && go(-1)],
    ["ArrowRight", (event) => !isSlider(event) && go(1)],
  ]);
  if (!found) return null;
  return (
    <Modal opened onClose={() => onMove("")} title={found.name} size="min(1240px, 97vw)">
      <Loaded query={query} skeleton={<Skeleton h={320} />}>
        {(answer) => {
          const item = setOf(answer)?.item;
          return item ? (
            <Pictures key={firstSeed} pictured={item} model={model} firstSeed={firstSeed} />
          ) : (
            <Empty title="No run of this set has scored it" />
          );
        }}
      </Loaded>
      {children}
      <Text size="xs" c="dimmed" mt="sm" visibleFrom="sm">
        Item {place + 1} of {items.length}, label version {model.labelVersion}. <Kbd size="xs">←</Kbd>{" "}
        <Kbd size="xs">→</Kbd> previous and next item.
      </Text>
    </Modal>
  );
}

interface PicturesProps {
  readonly pictured: NonNullable<ScoredItemFieldsFragment["item"]>;
  readonly model: SetModel;
  readonly firstSeed: number | null;
}

function Pictures({ pictured: { item, predictions }, model, firstSeed }: PicturesProps) {
  const seeds = [...new Set(predictions.map((each) => each.seed))].sort((a, b) => a - b);
  const [chosen, setSeed] = useState(firstSeed);
  const [tint, setTint] = useState(0.2);
  const seed = chosen !== null && seeds.includes(chosen) ? chosen : seeds[0];
  const aspect = item.width / item.height;
  const truth: MaskLayer[] = item.label
    ? [{ url: item.label.maskUrl, color: truthOnImage, tint: 0, outline: 1.5 }]
    : [];
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, sm: Math.min(4, model.arms.length + 1) }} spacing="xs">
        <figure style={{ margin: 0 }}>
          <MaskedImage
            src={item.imageUrl}
            alt={`${item.name}, truth outlined in white`}
            aspect={aspect}
            classes={model.classes.length}
            layers={truth}
          />
          <Text component="figcaption" size="sm" mt={4}>
            Truth, label version {model.labelVersion}
          </Text>
        </figure>
        {model.arms.map((arm) => {
          const ofArm = predictions.filter((each) => each.arm === arm.name);
          const shown = ofArm.find((each) => each.seed === seed) ?? ofArm[0];
          if (!shown) return null;
          const layer = { url: shown.predictionUrl, color: arm.look.onImage, tint, outline: 1.5 };
          return (
            <figure key={arm.name} style={{ margin: 0 }}>
              <MaskedImage
                src={item.imageUrl}
                alt={`${item.name}, prediction of ${arm.name} in its colour, truth outlined in white`}
                aspect={aspect}
                classes={model.classes.length}
                layers={overTruth(model.classes, [layer], truth)}
              />
              <Group component="figcaption" justify="space-between" mt={4} gap={6}>
                <ArmName name={arm.name} look={arm.look} />
                <Text size="sm">
                  <Anchor component={Link} href={`/runs/${shown.runId}`} size="sm">
                    seed {shown.seed}
                  </Anchor>
                  : <b>{score(shown.dice)}</b>
                </Text>
              </Group>
            </figure>
          );
        })}
      </SimpleGrid>
      <ClassLegend classes={model.classes} />
      <Group justify="flex-end" gap="md" mt="md">
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
    </>
  );
}
