"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { useViewer } from "@/features/shell/viewer";
import type { NewExperimentFormQuery, Task } from "@/gql/graphql";
import { described } from "@/lib/describeError";
import { Empty } from "@/ui/Empty";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { FormQuery } from "./queries.ts";
import { labelled } from "./useHead.ts";

const list = { href: "/experiments", label: "Experiments" };

interface Props {
  readonly title: string;
  readonly lead: string;
  /** "an experiment" */
  readonly what: string;
  /** Of the label versions that it needs; either where it is not given. */
  readonly task?: Task;
  /** What makes a label version. */
  readonly needs: string;
  /** Of all that there is, what the form may choose of. */
  readonly only?: (data: NewExperimentFormQuery) => NewExperimentFormQuery;
  readonly children: (data: NewExperimentFormQuery) => ReactNode;
}

/** A form that starts runs: who may, and what must be there first. */
export function FormFrame({ title, lead, what, task, needs, only = (data) => data, children }: Props) {
  const query = useQuery(FormQuery, { fetchPolicy: "network-only" });
  const { viewer, mayResearch } = useViewer();
  const forbidden = `Starting ${what} needs the role researcher or admin.`;
  return (
    <Page title={title} tabTitle={title} crumbs={[list]} lead={lead}>
      <Loaded query={query} skeleton={<SkeletonRows rows={10} height={40} />}>
        {(all) => {
          const data = only(all);
          if (viewer && !mayResearch) return <ErrorPanel error={described("FORBIDDEN", forbidden)} back={list} />;
          if (labelled(data, task).length > 0) return children(data);
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
                {needs}
              </Empty>
            </section>
          );
        }}
      </Loaded>
    </Page>
  );
}
