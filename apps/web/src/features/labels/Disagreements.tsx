"use client";
import { useQuery } from "@apollo/client/react";
import { Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { classText } from "@/lib/classText";
import { percent, score } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Panel } from "@/ui/Panel";
import { useGrowingList } from "@/ui/useGrowingList";
import { Key } from "./ChangedItems.tsx";
import { type Disagreement, type Schema, schemaName } from "./model.ts";
import { DisagreementsQuery } from "./queries.ts";
import { readerLayers } from "./readerLayers.ts";

interface Props {
  readonly datasetId: string;
  readonly schema: Schema;
  readonly busy: boolean;
}

/** Items on which readers differ most, with what each of them says. */
export function Disagreements({ datasetId, schema, busy }: Props) {
  const { first, more } = useGrowingList(24);
  const query = useQuery(DisagreementsQuery, { variables: { id: datasetId, schemaId: schema.id, first } });
  const { refetch } = query;
  const wasBusy = useRef(busy);
  useEffect(() => {
    if (wasBusy.current && !busy) void refetch();
    wasBusy.current = busy;
  }, [busy, refetch]);
  const masks = schema.task === "SEGMENTATION";
  return (
    <Panel
      title={`Where readers differ · ${schemaName(schema)}`}
      note={
        masks
          ? "By the mean Dice of the pairs of readers, lowest first."
          : "By the share of pairs of opinions that differ, highest first."
      }
    >
      <Loaded query={{ ...query, data: query.data ?? query.previousData }}>
        {({ dataset }) => {
          const found = dataset?.disagreements;
          if (!found || found.totalCount === 0) {
            return (
              <Empty title="No disagreement to show">
                {masks ? "Masks are ranked once they are measured." : "Every item is called alike, or has one opinion."}
              </Empty>
            );
          }
          const names = [
            ...new Set(found.edges.flatMap(({ node }) => node.opinions.map(({ reader }) => reader))),
          ].sort();
          return (
            <>
              {masks && <Key names={names} />}
              {masks && <ClassLegend classes={schema.classes} />}
              <ul className="item-grid">
                {found.edges.map(({ node }) => (
                  <li key={node.item.id}>
                    <Opinions node={node} schema={schema} names={names} />
                  </li>
                ))}
              </ul>
              <MoreRows
                hasMore={found.pageInfo.hasNextPage}
                more={more}
                otherwise="the api lists them all"
                shown={found.edges.length}
                total={found.totalCount}
              />
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Opinions({
  node,
  schema,
  names,
}: {
  readonly node: Disagreement;
  readonly schema: Schema;
  readonly names: readonly string[];
}) {
  const { item, opinions, share } = node;
  const masks = schema.task === "SEGMENTATION";
  const urls = names.map((name) => opinions.find(({ reader }) => reader === name)?.maskUrl);
  return (
    <>
      <MaskedImage
        src={item.thumbnailUrl}
        alt={masks ? `${item.name}: masks of ${opinions.map(({ reader }) => reader).join(", ")}` : ""}
        aspect={1.15}
        classes={schema.classes.length}
        layers={masks ? readerLayers(urls, schema.classes.length) : []}
      />
      <span className="item-caption">
        <span className="item-name">{item.name}</span>
        <span>{masks ? `Dice ${score(1 - share)}` : percent(share, 0)}</span>
      </span>
      {!masks && (
        <Text size="xs" c="dimmed" pb={4} component="div">
          {opinions.map(({ id, reader, classValues }) => (
            <div key={id}>
              {reader}: {classValues ? classText(classValues, schema.classes) : "no opinion"}
            </div>
          ))}
        </Text>
      )}
    </>
  );
}
