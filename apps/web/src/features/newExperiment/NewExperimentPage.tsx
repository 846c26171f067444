"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import { useViewer } from "@/features/shell/viewer";
import { described } from "@/lib/describeError";
import { Empty } from "@/ui/Empty";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { ExperimentForm } from "./ExperimentForm.tsx";
import { FormQuery } from "./queries.ts";
import { labelled } from "./useHead.ts";

const list = { href: "/experiments", label: "Experiments" };
const forbidden = "Starting an experiment needs the role researcher or admin.";

export function NewExperimentPage() {
  const query = useQuery(FormQuery, { fetchPolicy: "network-only" });
  const { viewer, mayResearch } = useViewer();
  return (
    <Page
      title="New experiment"
      tabTitle="New experiment"
      crumbs={[list]}
      lead="State the question, choose the data, write the arms. Everything below is frozen when the runs start."
    >
      <Loaded query={query} skeleton={<SkeletonRows rows={10} height={40} />}>
        {(data) => {
          if (viewer && !mayResearch) return <ErrorPanel error={described("FORBIDDEN", forbidden)} back={list} />;
          if (labelled(data).length === 0) {
            return (
              <section className="panel">
                <Empty
                  title="There is nothing to train on yet"
                  action={
                    <Anchor component={Link} href="/datasets">
                      Go to the datasets
                    </Anchor>
                  }
                >
                  An experiment needs a dataset with a label version and a split. An import with masks or classes makes
                  both.
                </Empty>
              </section>
            );
          }
          return <ExperimentForm data={data} />;
        }}
      </Loaded>
    </Page>
  );
}
