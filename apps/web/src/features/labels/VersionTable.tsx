"use client";
import { Button, Table, Text } from "@mantine/core";
import { Fragment, useState } from "react";
import { count } from "@/lib/format";
import { Hash } from "@/ui/Hash";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";
import type { Version } from "./model.ts";
import { hasFound, RuleFound } from "./RuleFound.tsx";

/** @param versions newest first */
export function VersionTable({ versions }: { readonly versions: readonly Version[] }) {
  const [open, setOpen] = useState("");
  return (
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
        {versions.map((version) => (
          <Fragment key={version.id}>
            <Table.Tr>
              <Table.Td fw={600}>{version.number}</Table.Td>
              <Table.Td>
                {version.rule}
                {version.note && (
                  <Text size="xs" c="dimmed">
                    {version.note}
                  </Text>
                )}
                {hasFound(version) && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    px={0}
                    display="block"
                    aria-expanded={open === version.id}
                    onClick={() => setOpen(open === version.id ? "" : version.id)}
                  >
                    {open === version.id ? "Hide what the rule found" : "What the rule found"}
                  </Button>
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
                <Hash value={version.chainHash} label="chain hash" />
              </Table.Td>
              <Table.Td>
                <When iso={version.createdAt} />
              </Table.Td>
            </Table.Tr>
            {open === version.id && (
              <Table.Tr>
                <Table.Td colSpan={8}>
                  <RuleFound version={version} versions={versions} />
                </Table.Td>
              </Table.Tr>
            )}
          </Fragment>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
