"use client";
import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect, Stack, Switch } from "@mantine/core";
import type { DatasetQuery as DatasetData } from "@/gql/graphql";
import { plural } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MorePages } from "@/ui/MorePages";
import { Panel } from "@/ui/Panel";
import { Hashing } from "./Hashing.tsx";
import { PairCard } from "./PairCard.tsx";
import { DuplicatesQuery, OtherDatasetsQuery } from "./queries.ts";

type Dataset = NonNullable<DatasetData["dataset"]>;

/** Pairs of items that show the same picture. */
export function DuplicatesTab({ dataset }: { readonly dataset: Dataset }) {
  const versions = [...dataset.labelVersions].sort((a, b) => b.number - a.number);
  const [versionId, setVersion] = useQueryParam("labels", versions[0]?.id ?? "");
  const [splitId, setSplit] = useQueryParam("split", dataset.splits[0]?.id ?? "");
  const [across, setAcross] = useQueryParam("across", "");
  const [conflicting, setConflicting] = useQueryParam("conflicting", "");
  const [otherId, setOther] = useQueryParam("with", "");
  const others = useQuery(OtherDatasetsQuery);
  const query = useQuery(DuplicatesQuery, {
    variables: {
      id: dataset.id,
      splitId: splitId || null,
      labelVersionId: versionId || null,
      withDatasetId: otherId || null,
      acrossFolds: across !== "" && otherId === "",
      conflicting: conflicting !== "" && otherId === "",
    },
  });
  const choices = (others.data?.datasets.edges ?? []).map(({ node }) => node).filter(({ id }) => id !== dataset.id);

  return (
    <Stack gap="md">
      <Hashing datasetId={dataset.id} onProgress={query.refetch} />
      <Panel
        flush
        title="Duplicates"
        note="Pairs that show the same picture: resized, recompressed, brightened, cropped by up to a tenth, mirrored or turned copies. Surest first."
        actions={
          <Group gap="sm">
            {choices.length > 0 && (
              <NativeSelect
                size="xs"
                aria-label="Compared with"
                value={otherId}
                onChange={(event) => setOther(event.currentTarget.value)}
                data={[
                  { value: "", label: "inside this dataset" },
                  ...choices.map(({ id, name, project }) => ({ value: id, label: `with ${project.name}: ${name}` })),
                ]}
              />
            )}
            {otherId === "" && dataset.splits.length > 0 && (
              <>
                <NativeSelect
                  size="xs"
                  aria-label="Split"
                  value={splitId}
                  onChange={(event) => setSplit(event.currentTarget.value)}
                  data={dataset.splits.map(({ id, name }) => ({ value: id, label: name }))}
                />
                <Switch
                  size="xs"
                  label="across folds"
                  checked={across !== ""}
                  onChange={(event) => setAcross(event.currentTarget.checked ? "yes" : "")}
                />
              </>
            )}
            {otherId === "" && versions.length > 0 && (
              <>
                {versions.length > 1 && (
                  <NativeSelect
                    size="xs"
                    aria-label="Label version"
                    value={versionId}
                    onChange={(event) => setVersion(event.currentTarget.value)}
                    data={versions.map(({ id, number }) => ({ value: id, label: `label version ${number}` }))}
                  />
                )}
                <Switch
                  size="xs"
                  label="labels contradict"
                  checked={conflicting !== ""}
                  onChange={(event) => setConflicting(event.currentTarget.checked ? "yes" : "")}
                />
              </>
            )}
          </Group>
        }
      >
        <Loaded query={query}>
          {({ dataset: found }) => {
            const { edges, pageInfo, totalCount } = found!.duplicates;
            if (totalCount === 0) {
              const filtered = (across !== "" || conflicting !== "") && otherId === "";
              return (
                <Empty title={filtered ? "No such pairs" : "No duplicates found"}>
                  {filtered
                    ? "Switch the filters off to see all pairs."
                    : `None among ${plural(found!.hashing.hashed, "hashed item")}. Copies that were cropped by more than a tenth, or redrawn, are not found.`}
                </Empty>
              );
            }
            return (
              <>
                <ul className="duplicate-grid">
                  {edges.map(({ node }) => (
                    <PairCard key={`${node.first.id} ${node.second.id}`} pair={node} />
                  ))}
                </ul>
                <MorePages query={query} pageInfo={pageInfo} shown={edges.length} total={totalCount} />
              </>
            );
          }}
        </Loaded>
      </Panel>
    </Stack>
  );
}
