"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Group, Table, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useViewer } from "@/features/shell/viewer";
import { graphql } from "@/gql";
import { count } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { modalityName } from "@/lib/words";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MorePages } from "@/ui/MorePages";
import { Page } from "@/ui/Page";
import { SubjectsUnknown } from "@/ui/Stamp";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";
import { NewDataset } from "./NewDataset.tsx";

export const DatasetsQuery = graphql(`
  query Datasets($after: String) {
    datasets(first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id name modality createdAt itemCount subjectCount subjectsKnown project { id name } labelVersions { id number } } }
    }
  }
`);

export function DatasetsPage() {
  const query = useQuery(DatasetsQuery);
  const { mayResearch } = useViewer();
  // In the address, so that the first steps of an empty team can lead here.
  const [asked, setAsked] = useQueryParam("new", "");
  const open = () => setAsked("1");
  const create = mayResearch && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      New dataset
    </Button>
  );

  return (
    <Page
      title="Datasets"
      tabTitle="Datasets"
      lead="Sets of items of one modality. Their labels live in label versions."
      actions={create}
    >
      <section className="panel" aria-label="List of datasets">
        <Loaded query={query}>
          {({ datasets }) =>
            datasets.edges.length === 0 ? (
              <Empty title="No datasets yet" action={create}>
                A dataset holds images. Make one, then import a folder of images with masks or classes into it.
              </Empty>
            ) : (
              <>
                <WideTable label="Datasets" highlightOnHover miw={620}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Name</Table.Th>
                      <Table.Th>Project</Table.Th>
                      <Table.Th>Modality</Table.Th>
                      <Table.Th className="number">Items</Table.Th>
                      <Table.Th className="number">Subjects</Table.Th>
                      <Table.Th>Newest labels</Table.Th>
                      <Table.Th>Made</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {datasets.edges.map(({ node }) => (
                      <Table.Tr key={node.id}>
                        <Table.Td>
                          <Link href={`/datasets/${node.id}`} className="rowLink">
                            {node.name}
                          </Link>
                        </Table.Td>
                        <Table.Td>{node.project.name}</Table.Td>
                        <Table.Td>{modalityName[node.modality]}</Table.Td>
                        <Table.Td className="number">{count(node.itemCount)}</Table.Td>
                        <Table.Td className="number">
                          <Group gap={6} justify="flex-end" wrap="nowrap">
                            {node.itemCount > 0 && !node.subjectsKnown ? <SubjectsUnknown /> : count(node.subjectCount)}
                          </Group>
                        </Table.Td>
                        <Table.Td>{newest(node.labelVersions)}</Table.Td>
                        <Table.Td>
                          <When iso={node.createdAt} />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </WideTable>

                <MorePages
                  query={query}
                  pageInfo={datasets.pageInfo}
                  shown={datasets.edges.length}
                  total={datasets.totalCount}
                />
              </>
            )
          }
        </Loaded>
      </section>
      <NewDataset opened={mayResearch && asked === "1"} onClose={() => setAsked("")} />
    </Page>
  );
}

function newest(versions: readonly { readonly number: number }[]) {
  if (versions.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        none
      </Text>
    );
  }
  return `version ${Math.max(...versions.map((version) => version.number))}`;
}
