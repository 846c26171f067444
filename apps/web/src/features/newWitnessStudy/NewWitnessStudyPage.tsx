"use client";
import { useQuery } from "@apollo/client/react";
import type { NewExperimentFormQuery } from "@/gql/graphql";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { FormFrame } from "../newExperiment/FormFrame.tsx";
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
      only={bagsOf}
    >
      {(data) => <OfBags data={data} />}
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
  return (
    <Loaded query={query} skeleton={<SkeletonRows rows={10} height={40} />}>
      {({ witnessPoolings }) => <WitnessForm data={data} offered={witnessPoolings} />}
    </Loaded>
  );
}
