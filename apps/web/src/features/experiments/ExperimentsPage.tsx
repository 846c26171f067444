"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useViewer } from "@/features/shell/viewer";
import { graphql } from "@/gql";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Page } from "@/ui/Page";
import { useGrowingList } from "@/ui/useGrowingList";
import { ExperimentRow } from "./ExperimentRow.tsx";
import { FirstSteps } from "./FirstSteps.tsx";

const ExperimentsQuery = graphql(`
  query Experiments($first: Int!) {
    experiments(first: $first) {
      totalCount
      pageInfo { hasNextPage }
      edges {
        node {
          id name question createdAt seeds base
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
  const { first, more } = useGrowingList(30);
  const query = useQuery(ExperimentsQuery, { variables: { first }, pollInterval: 15_000 });
  const { mayResearch } = useViewer();
  const create = mayResearch && (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          New
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} href="/experiments/new">
          New experiment
        </Menu.Item>
        <Menu.Item component={Link} href="/experiments/new/cross-validation">
          New cross-validation
        </Menu.Item>
        <Menu.Item component={Link} href="/experiments/new/unet-study">
          New U-Net study
        </Menu.Item>
        <Menu.Item component={Link} href="/experiments/new/transfer">
          New transfer study
        </Menu.Item>
        <Menu.Item component={Link} href="/experiments/new/layer-cut">
          New layer-cut study
        </Menu.Item>
        <Menu.Item component={Link} href="/experiments/new/noise">
          New noise study
        </Menu.Item>
        <Menu.Item component={Link} href="/experiments/new/witness">
          New witness-rate study
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <Page
      title="Experiments"
      tabTitle="Experiments"
      lead="Questions with arms: what is compared, on which labels, over which seeds."
      // An empty team has a first step before this one.
      actions={query.data?.experiments.totalCount !== 0 && create}
    >
      <section className="panel" aria-label="List of experiments">
        <Loaded query={query}>
          {({ experiments }) =>
            experiments.edges.length === 0 ? (
              <FirstSteps />
            ) : (
              <>
                <ul className="experiment-list">
                  {experiments.edges.map(({ node }) => (
                    <ExperimentRow key={node.id} experiment={node} />
                  ))}
                </ul>
                <MoreRows
                  hasMore={experiments.pageInfo.hasNextPage}
                  more={more}
                  otherwise="these are the newest"
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
