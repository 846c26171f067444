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

/** The files that were refused, each with its reason. */
export function ImportProblems({ importId, refused }: { readonly importId: string; readonly refused: number }) {
  const [opened, { toggle }] = useDisclosure(refused <= 5);
  const query = useQuery(ProblemsQuery, { variables: { id: importId }, skip: !opened });
  return (
    <>
      <Button size="compact-sm" variant="subtle" mt="sm" px={0} onClick={toggle} aria-expanded={opened}>
        {opened ? "Hide" : "Show"} {plural(refused, "refused file")}
      </Button>
      <Collapse expanded={opened}>
        <Loaded query={query}>
          {(data) =>
            data.import && (
              <>
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
