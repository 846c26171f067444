"use client";
import { Button, Group, NativeSelect, Switch, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { ArmName, ArmSign } from "@/features/curves/ArmKey";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { overTruth } from "@/features/masks/overTruth";
import { percent, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { layerOf } from "./itemLayers.ts";
import { itemsCsv } from "./itemsCsv.ts";
import { type ComparisonModel, type ItemOrder, itemOrders } from "./model.ts";

interface Props {
  readonly model: ComparisonModel;
  /** In `order`. */
  readonly items: ComparisonModel["scored"];
  readonly order: ItemOrder;
  readonly onOrder: (order: ItemOrder) => void;
  readonly onOpen: (itemId: string) => void;
}

const pageSize = 8;

/** Items as pictures: the truth, then each arm's prediction over the same image. */
export function ItemPictures({ model, items, order, onOrder, onOpen }: Props) {
  const [zoom, setZoom] = useState(true);
  const [shown, setShown] = useState(pageSize);
  const firstSeed = model.data.perSeed[0]?.seed ?? null;

  return (
    <Panel
      title="Items"
      note={
        <>
          White outline: truth (label version {model.data.labelVersion.number}); tint: the prediction of seed{" "}
          {firstSeed ?? "?"}. Dice is the mean over seeds; the percentage is the region’s share of the image.
          <Group gap="md" mt={4}>
            <ArmName name={model.a.name} look={model.a.look} />
            <ArmName name={model.b.name} look={model.b.look} />
          </Group>
        </>
      }
      actions={
        <>
          <Switch
            size="xs"
            label="Zoom to the region"
            checked={zoom}
            onChange={(event) => setZoom(event.currentTarget.checked)}
          />
          <NativeSelect
            size="xs"
            aria-label="Order of the items"
            value={order}
            data={Object.entries(itemOrders).map(([value, label]) => ({ value, label }))}
            onChange={(event) => onOrder(event.currentTarget.value as ItemOrder)}
          />
          <CsvButton
            what="the items"
            text={() => itemsCsv(model)}
            file={fileName("items", model.a.name, "against", model.b.name)}
          />
        </>
      }
    >
      <ClassLegend classes={model.data.labelVersion.classes} />
      <ul className="compared-items">
        {items.slice(0, shown).map((each) => (
          <li key={each.item.id}>
            <UnstyledButton w="100%" display="block" onClick={() => onOpen(each.item.id)}>
              <div className="triptych">
                {(["truth", "a", "b"] as const).map((which) => (
                  <MaskedImage
                    key={which}
                    src={zoom ? each.item.imageUrl : each.item.thumbnailUrl}
                    focusUrl={zoom ? each.item.label?.maskUrl : undefined}
                    alt=""
                    aspect={1.1}
                    classes={model.data.labelVersion.classes.length}
                    layers={
                      which === "truth"
                        ? layerOf(model, each, "truth", null, 0)
                        : overTruth(
                            model.data.labelVersion.classes,
                            layerOf(model, each, which, firstSeed, 0.25),
                            layerOf(model, each, "truth", null, 0),
                          )
                    }
                  />
                ))}
              </div>
              <div className="triptych" style={{ fontSize: 12, paddingTop: 3 }}>
                <span className="item-name" style={{ whiteSpace: "nowrap", color: "var(--ink-soft)" }}>
                  <span className="mantine-visually-hidden">Open </span>
                  {each.item.name} · {percent(each.regionShare)}
                </span>
                <Score value={each.a} side={model.a} />
                <Score value={each.b} side={model.b} />
              </div>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {shown < items.length && (
        <Group justify="space-between" mt="sm">
          <Text size="xs" c="dimmed">
            {shown} of {items.length}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setShown(shown + 2 * pageSize)}>
            Show more
          </Button>
        </Group>
      )}
    </Panel>
  );
}

function Score({ value, side }: { readonly value: number; readonly side: ComparisonModel["a"] }) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 4, fontWeight: 600 }}>
      <ArmSign look={side.look} size={9} />
      {score(value)}
      <span className="mantine-visually-hidden">Dice under {side.name}</span>
    </span>
  );
}
