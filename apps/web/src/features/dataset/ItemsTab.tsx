"use client";
import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect, SegmentedControl, Skeleton, Slider, Switch, Text } from "@mantine/core";
import { useState } from "react";
import type { DatasetQuery as DatasetData, Fold } from "@/gql/graphql";
import { plural } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Panel } from "@/ui/Panel";
import { ItemGrid } from "./ItemGrid.tsx";
import { ItemsQuery } from "./queries.ts";
import { RegionSizes } from "./RegionSizes.tsx";

type Dataset = NonNullable<DatasetData["dataset"]>;
const noVersion = "00000000-0000-0000-0000-000000000000";

export function ItemsTab({ dataset }: { readonly dataset: Dataset }) {
  const versions = [...dataset.labelVersions].sort((a, b) => b.number - a.number);
  const [versionId, setVersion] = useQueryParam("labels", versions[0]?.id ?? "");
  const [splitId, setSplit] = useQueryParam("split", dataset.splits[0]?.id ?? "");
  const [fold, setFold] = useQueryParam("fold", "");
  const [overlay, setOverlay] = useState(true);
  const [opacity, setOpacity] = useState(0.35);
  const version = versions.find((each) => each.id === versionId);
  const query = useQuery(ItemsQuery, {
    variables: {
      id: dataset.id,
      labelVersionId: version?.id ?? noVersion,
      withLabels: version !== undefined,
      splitId: fold && splitId ? splitId : null,
      fold: (fold || null) as Fold | null,
    },
  });

  const more = (after: string | null | undefined) =>
    query.fetchMore({ variables: { after: after ?? null } }).catch(() => undefined);

  return (
    <div className={version ? "items-layout" : undefined}>
      <div>
        <section className="panel" aria-label="Items">
          <Group px="md" py={10} gap="md" style={{ borderBottom: "1px solid var(--hairline)" }}>
            {dataset.splits.length > 0 && (
              <SegmentedControl
                size="xs"
                aria-label="Fold"
                value={fold}
                onChange={setFold}
                data={[
                  { value: "", label: "all" },
                  { value: "TRAIN", label: "train" },
                  { value: "VALIDATION", label: "validation" },
                  { value: "TEST", label: "test" },
                ]}
              />
            )}
            {dataset.splits.length > 1 && (
              <NativeSelect
                size="xs"
                aria-label="Split"
                value={splitId}
                onChange={(event) => setSplit(event.currentTarget.value)}
                data={dataset.splits.map((split) => ({ value: split.id, label: split.name }))}
              />
            )}
            {versions.length > 0 && (
              <>
                <Switch
                  size="xs"
                  label="Masks"
                  checked={overlay}
                  onChange={(event) => setOverlay(event.currentTarget.checked)}
                />
                <NativeSelect
                  size="xs"
                  aria-label="Label version"
                  value={versionId}
                  onChange={(event) => setVersion(event.currentTarget.value)}
                  data={versions.map((each) => ({ value: each.id, label: `label version ${each.number}` }))}
                />
                <Group gap={8} wrap="nowrap">
                  <Text size="xs" id="tint-label">
                    Tint
                  </Text>
                  <Slider
                    w={90}
                    size="sm"
                    min={0}
                    max={0.9}
                    step={0.05}
                    label={(value) => `${Math.round(value * 100)} %`}
                    value={opacity}
                    onChange={setOpacity}
                    disabled={!overlay}
                    thumbLabel="Opacity of the masks"
                  />
                </Group>
              </>
            )}
          </Group>
          <Loaded query={query} skeleton={<GridSkeleton />}>
            {({ dataset: found }) => {
              const items = found?.items;
              if (!items || items.edges.length === 0) {
                return (
                  <Empty title="No items in this fold">The split gives this fold no items. Choose another fold.</Empty>
                );
              }
              return (
                <>
                  <ItemGrid
                    items={items.edges.map((edge) => edge.node)}
                    total={items.totalCount}
                    more={items.pageInfo.hasNextPage ? () => more(items.pageInfo.endCursor) : undefined}
                    classes={version?.classes ?? []}
                    overlay={overlay}
                    opacity={opacity}
                  />
                  <MoreRows
                    hasMore={items.pageInfo.hasNextPage}
                    more={() => more(items.pageInfo.endCursor)}
                    shown={items.edges.length}
                    total={items.totalCount}
                  />
                </>
              );
            }}
          </Loaded>
        </section>
      </div>
      {version && (
        <div>
          <Panel
            title="Region sizes"
            note={`Foreground as a share of the image, label version ${version.number}, n = ${plural(version.items, "item")}`}
          >
            <RegionSizes labelVersionId={version.id} />
          </Panel>
        </div>
      )}
    </div>
  );
}

function GridSkeleton() {
  return (
    <div className="item-grid" role="status" aria-label="Loading">
      {Array.from({ length: 24 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={index} style={{ aspectRatio: "1.15" }} radius={2} />
      ))}
    </div>
  );
}
