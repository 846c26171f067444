"use client";
import { Table, Text } from "@mantine/core";
import { importedText } from "@/features/startingWeights/sources";
import type { TeamQuery } from "@/gql/graphql";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";

/** What the team imported, with what became of the tensors. */
export function Weights({ weights }: { readonly weights: TeamQuery["weights"] }) {
  return (
    <Panel
      title="Imported weights"
      note="Pretrained nets to start runs from. Sent by “tessera weights import NAME.safetensors --source TEXT”."
    >
      {weights.length === 0 ? (
        <Text size="sm" c="dimmed">
          No weights imported yet.
        </Text>
      ) : (
        <WideTable label="Imported weights" miw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Architecture</Table.Th>
              <Table.Th>From</Table.Th>
              <Table.Th>Tensors</Table.Th>
              <Table.Th>Imported</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {weights.map(({ id, name, family, alpha, classes, source, reportText, createdAt }) => (
              <Table.Tr key={id}>
                <Table.Td fw={600}>{name}</Table.Td>
                <Table.Td>{importedText({ family, alpha, classes })}</Table.Td>
                <Table.Td>{source}</Table.Td>
                <Table.Td>
                  <Report text={reportText} />
                </Table.Td>
                <Table.Td>
                  <When iso={createdAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </Panel>
  );
}

/** Its first line is the counts; the others are opened. */
function Report({ text }: { readonly text: string }) {
  const [counts, ...lines] = text.split("\n");
  if (lines.length === 0) return counts;
  return (
    <details>
      <summary>{counts}</summary>
      <Text size="xs" style={{ whiteSpace: "pre-line" }}>
        {lines.join("\n")}
      </Text>
    </details>
  );
}
