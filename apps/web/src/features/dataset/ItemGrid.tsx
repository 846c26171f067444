"use client";
import { UnstyledButton } from "@mantine/core";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { truthLayer } from "@/features/masks/truthLayer";
import { classText } from "@/lib/classText";
import { percent } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { ItemViewer } from "./ItemViewer.tsx";
import type { GridItem } from "./types.ts";

interface Props {
  readonly items: readonly GridItem[];
  readonly total: number;
  readonly more: (() => unknown) | undefined;
  /** Of the label version's schema. */
  readonly classes: readonly string[];
  readonly overlay: boolean;
  readonly opacity: number;
}

/** Thumbnails; a click, or Enter, opens one large. */
export function ItemGrid({ items, total, more, classes, overlay, opacity }: Props) {
  const [open, setOpen] = useQueryParam("item", "");
  return (
    <>
      {overlay && items.some(({ label }) => label?.maskUrl) && <ClassLegend classes={classes} />}
      <ul className="item-grid">
        {items.map((item) => (
          <li key={item.id}>
            <UnstyledButton w="100%" display="block" onClick={() => setOpen(item.id)}>
              <MaskedImage
                src={item.thumbnailUrl}
                alt=""
                aspect={1.15}
                classes={classes.length}
                layers={overlay ? truthLayer(item.label, { tint: opacity, outline: 1 }) : []}
              />
              <span className="item-caption">
                <span className="item-name">
                  <span className="mantine-visually-hidden">Open </span>
                  {item.name}
                </span>
                {item.label && (
                  <span>
                    {item.label.classValues
                      ? classText(item.label.classValues, classes)
                      : percent(item.label.regionShare)}
                  </span>
                )}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <ItemViewer classes={classes} items={items} total={total} more={more} itemId={open} onMove={setOpen} />
    </>
  );
}
