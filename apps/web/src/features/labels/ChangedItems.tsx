"use client";
import { useQuery } from "@apollo/client/react";
import { Group, Text } from "@mantine/core";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { classText } from "@/lib/classText";
import { plural, score, signed } from "@/lib/format";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { useGrowingList } from "@/ui/useGrowingList";
import type { Cell } from "./ClassChanges.tsx";
import type { ChangedItem, Version } from "./model.ts";
import { ChangedItemsQuery } from "./queries.ts";
import { labelColors, outlined, readerLayers } from "./readerLayers.ts";

interface Props {
  readonly a: Version;
  readonly b: Version;
  /** Only items of this change. */
  readonly cell: Cell | null;
  readonly total: number;
}

/** Changed items as pictures: both masks over one image, or both labels below it. */
export function ChangedItems({ a, b, cell, total }: Props) {
  const { first, more } = useGrowingList(24);
  const variables = { a: a.id, b: b.id, first, classChange: cell };
  const query = useQuery(ChangedItemsQuery, { variables, skip: total === 0 });
  if (total === 0)
    return (
      <Text size="sm">
        No label differs between version {a.number} and version {b.number}.
      </Text>
    );
  const masks = b.schema.task === "SEGMENTATION";
  const data = query.data ?? query.previousData;
  return (
    <Loaded query={{ ...query, data }}>
      {({ labelVersionDiff: { items } }) => (
        <div>
          {masks && <Key names={[`version ${a.number}`, `version ${b.number}`]} />}
          {masks && <ClassLegend classes={b.schema.classes} />}
          <ul className="item-grid">
            {items.edges.map(({ node }) => (
              <li key={node.item.id}>
                <Pictures node={node} classes={b.schema.classes} />
                <span className="item-caption">
                  <span className="item-name">{node.item.name}</span>
                </span>
                <Text size="xs" c="dimmed" pb={4} component="div">
                  {masks ? maskText(node) : `${sideText(node.before, b)} → ${sideText(node.after, b)}`}
                </Text>
              </li>
            ))}
          </ul>
          <MoreRows
            hasMore={items.pageInfo.hasNextPage}
            more={more}
            otherwise="the api lists them all"
            shown={items.edges.length}
            total={items.totalCount}
          />
        </div>
      )}
    </Loaded>
  );
}

function Pictures({ node, classes }: { readonly node: ChangedItem; readonly classes: readonly string[] }) {
  const sides = [node.before?.maskUrl, node.after?.maskUrl];
  const src = node.item.thumbnailUrl;
  if (classes.length < 2 || !(sides[0] && sides[1])) {
    return (
      <MaskedImage
        src={src}
        alt=""
        aspect={1.15}
        classes={classes.length}
        layers={readerLayers(sides, classes.length)}
      />
    );
  }
  // Several classes have each its own colour: the two versions stand side by side.
  return (
    <Group gap={2} wrap="nowrap">
      {sides.map((url) => (
        <MaskedImage
          key={url}
          src={src}
          alt=""
          aspect={0.8}
          classes={classes.length}
          layers={[outlined(url!, "#ffffff")]}
        />
      ))}
    </Group>
  );
}

function maskText({ change, masks }: ChangedItem): string {
  if (change !== "CHANGED") return change.toLowerCase();
  const dices = masks.flatMap(({ dice }) => (typeof dice === "number" ? [dice] : []));
  if (masks.length === 0) return "not measured";
  const areas = masks.flatMap(({ areaChange }) => (typeof areaChange === "number" ? [areaChange] : []));
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((x, y) => x + y, 0) / values.length;
  const area = mean(areas);
  const text = `Dice ${score(mean(dices))}${area === null ? "" : ` · area ${signed(100 * area, 0)} %`}`;
  return masks.length > 1 ? `${text} (mean of ${plural(masks.length, "class", "classes")})` : text;
}

const sideText = (side: ChangedItem["before"], { schema }: Version) =>
  side?.classValues ? classText(side.classValues, schema.classes) : "no label";

/** Which outline is whose. */
export function Key({ names }: { readonly names: readonly string[] }) {
  return (
    <Group component="ul" gap="md" m={0} p={0} mb={6} style={{ listStyle: "none", fontSize: 12 }} aria-label="Outlines">
      {names.map((name, index) => (
        <li key={name} style={{ display: "inline-flex", alignItems: "center", gap: 5 }}>
          <span
            aria-hidden
            style={{
              width: 14,
              height: 3,
              background: labelColors[index % labelColors.length],
              outline: "1px solid #0004",
            }}
          />
          {name}
        </li>
      ))}
    </Group>
  );
}
