"use client";
import { Group, Table, Text } from "@mantine/core";
import type { DatasetQuery } from "@/gql/graphql";
import { count } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { Hash } from "@/ui/Hash";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";

type Version = NonNullable<DatasetQuery["dataset"]>["labelVersions"][number];

export function LabelVersionsTab({ versions }: { readonly versions: readonly Version[] }) {
  const newestFirst = [...versions].sort((a, b) => b.number - a.number);
  return (
    <Panel
      flush
      title="Label versions"
      note="Numbered and immutable: one label per item, made from annotations by a stated rule. The chain hash covers this version and every one before it."
    >
      {versions.length === 0 ? (
        <Empty title="No label versions yet">An import with masks or classes makes the first one.</Empty>
      ) : (
        <WideTable label="Label versions" miw={760}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Version</Table.Th>
              <Table.Th>Rule and note</Table.Th>
              <Table.Th>Classes</Table.Th>
              <Table.Th className="number">Items</Table.Th>
              <Table.Th>Parent</Table.Th>
              <Table.Th>Content</Table.Th>
              <Table.Th>Chain</Table.Th>
              <Table.Th>Made</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {newestFirst.map((version) => (
              <Table.Tr key={version.id}>
                <Table.Td fw={600}>{version.number}</Table.Td>
                <Table.Td>
                  {version.rule}
                  {version.note && (
                    <Text size="xs" c="dimmed">
                      {version.note}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  {version.classes.join(", ")}
                  {version.schema.task === "CLASSIFICATION" && (
                    <Text size="xs" c="dimmed">
                      {version.schema.exclusive ? "one per item" : "any number per item"}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td className="number">{count(version.items)}</Table.Td>
                <Table.Td>{version.parent ? `version ${version.parent.number}` : "none"}</Table.Td>
                <Table.Td>
                  <Hash value={version.contentHash} label="content hash" />
                </Table.Td>
                <Table.Td>
                  <Group gap={4}>
                    <Hash value={version.chainHash} label="chain hash" />
                  </Group>
                </Table.Td>
                <Table.Td>
                  <When iso={version.createdAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </Panel>
  );
}
