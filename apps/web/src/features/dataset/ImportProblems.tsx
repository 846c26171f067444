"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Code, Collapse, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { graphql } from "@/gql";
import { plural } from "@/lib/format";
import { Loaded } from "@/ui/Loaded";
import { MorePages } from "@/ui/MorePages";

const ProblemsQuery = graphql(`
  query ImportProblems($id: UUID!, $after: String) {
    import(id: $id) {
      id
      problems(first: 50, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges { node { path code message } }
      }
    }
  }
`);

interface Props {
  readonly importId: string;
  readonly refused: number;
  readonly duplicates: number;
}

/** The files that were refused, each with its reason, and those that are the same as another. */
export function ImportProblems({ importId, refused, duplicates }: Props) {
  const [opened, { toggle }] = useDisclosure(refused > 0 && refused + duplicates <= 5);
  const query = useQuery(ProblemsQuery, { variables: { id: importId }, skip: !opened });
  return (
    <>
      <Button size="compact-sm" variant="subtle" mt="sm" px={0} onClick={toggle} aria-expanded={opened}>
        {opened ? "Hide" : "Show"} {refused > 0 ? plural(refused, "refused file") : plural(duplicates, "file")}
        {refused === 0 ? " known already" : duplicates > 0 ? ` and ${duplicates} known already` : ""}
      </Button>
      <Collapse expanded={opened}>
        <Loaded query={query}>
          {(data) =>
            data.import && (
              <>
                {data.import.problems.totalCount === 0 && (
                  <Text size="sm" c="dimmed">
                    The dataset had them under the same names.
                  </Text>
                )}
                <Table>
                  <Table.Tbody>
                    {data.import.problems.edges.map(({ node }) => (
                      <Table.Tr key={node.path}>
                        <Table.Td style={{ overflowWrap: "anywhere" }}>
                          <Code>{node.path}</Code>
                        </Table.Td>
                        <Table.Td>
                          {node.message}
                          <Text size="xs" c="dimmed">
                            {node.code}
                          </Text>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
                {data.import.problems.pageInfo.hasNextPage && (
                  <MorePages
                    query={query}
                    pageInfo={data.import.problems.pageInfo}
                    shown={data.import.problems.edges.length}
                    total={data.import.problems.totalCount}
                  />
                )}
              </>
            )
          }
        </Loaded>
      </Collapse>
    </>
  );
}
