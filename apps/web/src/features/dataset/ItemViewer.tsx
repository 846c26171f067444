"use client";
import { ActionIcon, Group, Kbd, Modal, Slider, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { truthLayer } from "@/features/masks/truthLayer";
import { classText } from "@/lib/classText";
import { count, percent, plural } from "@/lib/format";
import { isSlider } from "@/lib/isSlider";
import { Stat } from "@/ui/Stat";
import type { GridItem } from "./types.ts";

interface Props {
  readonly items: readonly GridItem[];
  /** Of the label version's schema. */
  readonly classes: readonly string[];
  readonly total: number;
  /** Asks for more items, where there are more than are loaded. */
  readonly more: (() => unknown) | undefined;
  /** Empty: closed. */
  readonly itemId: string;
  readonly onMove: (itemId: string) => void;
}

/** One item large, with its mask or classes; arrows go to its neighbours. */
export function ItemViewer({ items, classes, total, more, itemId, onMove }: Props) {
  const [tint, setTint] = useState(0.2);
  const place = items.findIndex((item) => item.id === itemId);
  const item = items[place];
  const go = (step: number) => {
    const next = items[place + step];
    if (place >= 0 && next) onMove(next.id);
  };
  useHotkeys([
    ["ArrowLeft", (event) => !isSlider(event) && go(-1)],
    ["ArrowRight", (event) => !isSlider(event) && go(1)],
  ]);
  const isNearEnd = place >= 0 && place >= items.length - 3;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each end that is reached
  useEffect(() => {
    if (isNearEnd) more?.();
  }, [isNearEnd, items.length]);
  if (!item) return null;
  const { label } = item;

  return (
    <Modal opened onClose={() => onMove("")} title={item.name} size="min(920px, 96vw)">
      <div style={{ width: `min(100%, (100dvh - 280px) * ${item.width / item.height})`, marginInline: "auto" }}>
        <MaskedImage
          src={item.imageUrl}
          alt={`${item.name}${label?.maskUrl ? `, mask by ${label.reader} outlined` : ""}`}
          aspect={item.width / item.height}
          classes={classes.length}
          layers={truthLayer(label, { tint })}
        />
      </div>
      {label?.maskUrl && <ClassLegend classes={classes} />}
      <Group justify="space-between" mt="sm" align="flex-end">
        <Group gap="lg">
          <Stat label="Size">
            {count(item.width)} × {count(item.height)} px
          </Stat>
          {item.spacingMm !== null && (
            <Stat label="Pixel">
              {item.slide
                ? `${Number((1000 * item.spacingMm).toPrecision(4))} µm`
                : `${item.spacingMm} × ${item.spacingYMm ?? item.spacingMm} mm`}
            </Stat>
          )}
          {item.slide && (
            <Stat label="Slide">
              {item.slide.format}
              {item.slide.magnification ? ` · ${item.slide.magnification}×` : ""} ·{" "}
              {plural(item.slide.levels.length, "level")}
            </Stat>
          )}
          <Stat label="Subject">{item.subjectKnown ? item.subject : "unknown"}</Stat>
          {item.site && <Stat label="Site">{item.site}</Stat>}
          {label && <Stat label="Reader">{label.reader}</Stat>}
          {label?.classValues && <Stat label="Classes">{classText(label.classValues, classes)}</Stat>}
          {label?.maskUrl && (
            <>
              <Stat label="Region">
                {percent(label.regionShare)} · {count(label.regionPixels)} px
              </Stat>
              <Stat label="Pieces">{plural(label.components, "piece")}</Stat>
            </>
          )}
        </Group>
        <Group gap="xs" wrap="nowrap">
          {label?.maskUrl && (
            <Slider
              w={100}
              size="sm"
              min={0}
              max={0.9}
              step={0.05}
              value={tint}
              onChange={setTint}
              label={null}
              thumbLabel="Opacity of the mask"
            />
          )}
          <ActionIcon
            variant="default"
            size="lg"
            onClick={() => go(-1)}
            disabled={place <= 0}
            aria-label="Previous item"
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="lg"
            onClick={() => go(1)}
            disabled={place >= items.length - 1}
            aria-label="Next item"
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mt="xs" visibleFrom="sm">
        <Kbd size="xs">←</Kbd> <Kbd size="xs">→</Kbd> previous and next · item {count(place + 1)} of {count(total)}
      </Text>
    </Modal>
  );
}
