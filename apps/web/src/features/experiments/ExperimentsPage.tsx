"use client";
import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useViewer } from "@/features/shell/viewer";
import { graphql } from "@/gql";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MorePages } from "@/ui/MorePages";
import { Page } from "@/ui/Page";

import { ExperimentRow } from "./ExperimentRow.tsx";

const ExperimentsQuery = graphql(`
  query Experiments($after: String) {
    experiments(first: 30, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          id name question createdAt seeds
          project { id name }
          dataset { id name }
          labelVersion { id number }
          arms { name }
          armSummaries { arm seeds mean sd runStates { queued running succeeded failed cancelled } }
        }
      }
    }
  }
`);

export function ExperimentsPage() {
  const query = useQuery(ExperimentsQuery, { pollInterval: 15_000 });
  const { mayResearch } = useViewer();
  const create = mayResearch && (
    <Button component={Link} href="/experiments/new" leftSection={<IconPlus size={16} aria-hidden />}>
      New experiment
    </Button>
  );
  return (
    <Page
      title="Experiments"
      tabTitle="Experiments"
      lead="Questions with arms: what is compared, on which labels, over which seeds."
      actions={create}
    >
      <section className="panel" aria-label="List of experiments">
        <Loaded query={query}>
          {({ experiments }) =>
            experiments.edges.length === 0 ? (
              <Empty title="No experiments yet" action={create}>
                An experiment trains every arm with every seed on the same split, and answers with an interval. It needs
                a dataset with a label version and a split.
              </Empty>
            ) : (
              <>
                <ul className="experiment-list">
                  {experiments.edges.map(({ node }) => (
                    <ExperimentRow key={node.id} experiment={node} />
                  ))}
                </ul>
                <MorePages
                  query={query}
                  pageInfo={experiments.pageInfo}
                  shown={experiments.edges.length}
                  total={experiments.totalCount}
                />
              </>
            )
          }
        </Loaded>
      </section>
    </Page>
  );
}
