"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Table } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useViewer } from "@/features/shell/viewer";
import { count } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";
import { wayText } from "./model.ts";
import { LabelChainsQuery } from "./queries.ts";

export function LabelChainsPage() {
  const query = useQuery(LabelChainsQuery, { fetchPolicy: "cache-and-network" });
  const { mayResearch } = useViewer();
  const create = mayResearch && (
    <Button component={Link} href="/label-chains/new" leftSection={<IconPlus size={16} aria-hidden />}>
      New chain
    </Button>
  );
  return (
    <Page
      title="Label chains"
      tabTitle="Label chains"
      lead="Labels reach a model through image → reader → report → NLP → label, and each step adds errors. A chain puts the measured steps together, and says which to fix first."
      actions={create}
    >
      <section className="panel" aria-label="List of label chains">
        <Loaded query={query}>
          {({ labelChains }) =>
            labelChains.length === 0 ? (
              <Empty title="No label chains yet" action={create}>
                A chain takes a confusion matrix per step: counted from two label versions or readers, or from a
                published study.
              </Empty>
            ) : (
              <WideTable label="Label chains" highlightOnHover miw={620}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Name</Table.Th>
                    <Table.Th>Project</Table.Th>
                    <Table.Th>Way</Table.Th>
                    <Table.Th>Classes</Table.Th>
                    <Table.Th className="number">Items</Table.Th>
                    <Table.Th>Made</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {labelChains.map((chain) => (
                    <Table.Tr key={chain.id}>
                      <Table.Td>
                        <Link href={`/label-chains/${chain.id}`} className="rowLink">
                          {chain.name}
                        </Link>
                      </Table.Td>
                      <Table.Td>{chain.project.name}</Table.Td>
                      <Table.Td>{wayText(chain.stages)}</Table.Td>
                      <Table.Td>{chain.classes.join(", ")}</Table.Td>
                      <Table.Td className="number">
                        {chain.stages.map(({ counts }) => count(counts.items)).join(" · ")}
                      </Table.Td>
                      <Table.Td>
                        <When iso={chain.createdAt} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </WideTable>
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}
