"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import type { NewExperimentFormQuery } from "@/gql/graphql";
import { Empty } from "@/ui/Empty";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { FormFrame } from "../newExperiment/FormFrame.tsx";
import { labelled } from "../newExperiment/useHead.ts";
import { WitnessPoolingsQuery } from "./queries.ts";
import { WitnessForm } from "./WitnessForm.tsx";

const needs =
  "A study needs a dataset of bags with a label version of two classes, a split, and labels of the tiles themselves: a table of bags with a column tile_label makes all of it.";

export function NewWitnessStudyPage() {
  return (
    <FormFrame
      title="New witness-rate study"
      lead="Down to which share of positive tiles does a pooling find a bag? Bags composed anew at set rates, the same for every pooling."
      what="a study"
      task="CLASSIFICATION"
      needs={needs}
    >
      {(data) => <OfBags data={bagsOf(data)} />}
    </FormFrame>
  );
}

/** The datasets of bags alone. */
const bagsOf = (data: NewExperimentFormQuery): NewExperimentFormQuery => ({
  ...data,
  datasets: { ...data.datasets, edges: data.datasets.edges.filter(({ node }) => node.itemKind === "BAG") },
});

function OfBags({ data }: { readonly data: NewExperimentFormQuery }) {
  const query = useQuery(WitnessPoolingsQuery);
  if (labelled(data, "CLASSIFICATION").length === 0) {
    return (
      <section className="panel">
        <Empty
          title="There are no bags with labels yet"
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
  }
  return (
    <Loaded query={query} skeleton={<SkeletonRows rows={10} height={40} />}>
      {({ witnessPoolings }) => <WitnessForm data={data} offered={witnessPoolings} />}
    </Loaded>
  );
}
