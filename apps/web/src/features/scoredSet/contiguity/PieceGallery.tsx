"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Group, NativeSelect, Skeleton, Switch, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { ArmName } from "@/features/curves/ArmKey";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { overTruth } from "@/features/masks/overTruth";
import type { GalleryFieldsFragment } from "@/gql/graphql";
import { truthOnImage } from "@/lib/arms";
import { percent, plural, score } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { ItemDialog } from "../ItemDialog.tsx";
import type { SetArm, SetModel } from "../model.ts";
import { GalleryQuery } from "../pictureQueries.ts";
import { setOf } from "../source.ts";
import type { SetChoice } from "../useSetChoice.ts";

type Gallery = GalleryFieldsFragment["contiguity"]["gallery"];

interface Props {
  readonly choice: SetChoice;
  readonly model: SetModel;
}

const pageSize = 12;

/** The predictions that fall apart worst, as pictures. */
export function PieceGallery({ choice, model }: Props) {
  const query = useQuery(GalleryQuery, {
    variables: { ...choice.variables, labelVersionId: model.labelVersionId },
    fetchPolicy: "no-cache",
  });
  // Specks lie far from the region as often as near it: the whole picture first.
  const [zoom, setZoom] = useState(false);
  const [only, setOnly] = useState("");
  return (
    <Panel
      title="Worst in pieces"
      note={`White outline: truth (label version ${model.labelVersion}); tint: the prediction of one run. Worst first, ${model.fold} fold. A click opens the item under every arm.`}
      actions={
        <>
          <Switch
            size="xs"
            label="Zoom to the region"
            checked={zoom}
            onChange={(event) => setZoom(event.currentTarget.checked)}
          />
          {model.arms.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label="Arm"
              value={only}
              data={[
                { value: "", label: "every arm" },
                ...model.arms.map(({ name }) => ({ value: name, label: name })),
              ]}
              onChange={(event) => setOnly(event.currentTarget.value)}
            />
          )}
        </>
      }
    >
      <Loaded query={query} skeleton={<Skeleton h={260} />}>
        {(answer) => {
          const all = setOf(answer)?.contiguity.gallery ?? [];
          const shown = only === "" ? all : all.filter(({ arm }) => arm === only);
          return shown.length === 0 ? (
            <Empty title="No prediction in pieces">Every measured prediction has as many pieces as its truth.</Empty>
          ) : (
            <Cards gallery={shown} model={model} choice={choice} zoom={zoom} />
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Cards({ gallery, model, choice, zoom }: Props & { readonly gallery: Gallery; readonly zoom: boolean }) {
  const [itemId, open] = useQueryParam("item", "");
  const [shown, setShown] = useState(pageSize);
  const [seed, setSeed] = useState<number | null>(null);
  const openCard = (each: Gallery[number]) => {
    setSeed(each.seed);
    open(each.itemId);
  };
  const items = [...new Map(gallery.map(({ item }) => [item.id, { id: item.id, name: item.name }])).values()];
  return (
    <>
      <ClassLegend classes={model.classes} />
      <ul className="piece-gallery">
        {gallery.slice(0, shown).map((each) => {
          const arm = model.arms.find(({ name }) => name === each.arm);
          return (
            arm && (
              <li key={`${each.runId} ${each.itemId}`}>
                <UnstyledButton w="100%" display="block" onClick={() => openCard(each)}>
                  <Card each={each} arm={arm} classes={model.classes} zoom={zoom} />
                </UnstyledButton>
              </li>
            )
          );
        })}
      </ul>
      {shown < gallery.length && (
        <Group justify="space-between" mt="sm">
          <Text size="xs" c="dimmed">
            {shown} of {gallery.length}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setShown(gallery.length)}>
            Show more
          </Button>
        </Group>
      )}
      <ItemDialog choice={choice} model={model} items={items} itemId={itemId} onMove={open} firstSeed={seed} />
    </>
  );
}

interface CardProps {
  readonly each: Gallery[number];
  readonly arm: SetArm;
  readonly classes: readonly string[];
  readonly zoom: boolean;
}

function Card({ each, arm, classes, zoom }: CardProps) {
  const truth = each.item.label?.maskUrl;
  return (
    <>
      <MaskedImage
        src={zoom ? each.item.imageUrl : each.item.thumbnailUrl}
        focusUrl={zoom ? truth : undefined}
        alt=""
        aspect={1.15}
        classes={classes.length}
        layers={overTruth(
          classes,
          [{ url: each.predictionUrl, color: arm.look.onImage, tint: 0.3, outline: 1.5 }],
          truth ? [{ url: truth, color: truthOnImage, tint: 0, outline: 1.5 }] : [],
        )}
      />
      <Text size="sm" mt={4} lh={1.35}>
        <b>{plural(each.pieces, "piece")}</b>, truth {each.truthPieces}
        {each.holes > 0 ? `, ${plural(each.holes, "hole")}` : ""}; Dice {score(each.dice)}
      </Text>
      <ArmName name={arm.name} look={arm.look} />
      <Text size="xs" c="dimmed" className="item-name" style={{ whiteSpace: "nowrap" }}>
        <span className="mantine-visually-hidden">Open </span>
        {each.item.name}, seed {each.seed}; largest piece {percent(each.largestShare, 0)}
      </Text>
    </>
  );
}
