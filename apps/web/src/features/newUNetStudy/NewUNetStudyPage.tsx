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
import { FormQuery } from "../newExperiment/queries.ts";
import { labelled } from "../newExperiment/useHead.ts";
import { StudyForm } from "./StudyForm.tsx";

const list = { href: "/experiments", label: "Experiments" };
const forbidden = "Starting a study needs the role researcher or admin.";

export function NewUNetStudyPage() {
  const query = useQuery(FormQuery, { fetchPolicy: "network-only" });
  const { viewer, mayResearch } = useViewer();
  return (
    <Page
      title="New U-Net study"
      tabTitle="New U-Net study"
      crumbs={[list]}
      lead="Tick depths, skip connections and losses: every combination is an arm. The answer is what each of them buys."
    >
      <Loaded query={query} skeleton={<SkeletonRows rows={10} height={40} />}>
        {(data) => {
          if (viewer && !mayResearch) return <ErrorPanel error={described("FORBIDDEN", forbidden)} back={list} />;
          if (labelled(data, "SEGMENTATION").length === 0) {
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
                  A study needs a dataset with a label version of masks and a split. An import with masks makes both.
                </Empty>
              </section>
            );
          }
          return <StudyForm data={data} />;
        }}
      </Loaded>
    </Page>
  );
}
