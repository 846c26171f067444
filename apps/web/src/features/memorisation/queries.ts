import { graphql } from "@/gql";

export const MemorisationFields = graphql(`
  fragment MemorisationFields on Memorisation {
    rule arm arms
    clean { id number }
    curves {
      noise askedRate effectiveRate onset onsetSd share shareSd
      labelVersions { id number }
      runs { runId seed onset share }
      cleanLoss { epochs mean low high seeds }
      corruptedLoss { epochs mean low high seeds }
      cleanFitted { epochs mean low high seeds }
      corruptedFitted { epochs mean low high seeds }
      corruptedAsTrue { epochs mean low high seeds }
    }
  }
`);

export const RunMemorisationQuery = graphql(`
  query RunMemorisation($id: UUID!) { run(id: $id) { id memorisation { ...MemorisationFields } } }
`);

export const ExperimentMemorisationQuery = graphql(`
  query ExperimentMemorisation($id: UUID!, $arm: String) {
    experiment(id: $id) { id memorisation(arm: $arm) { ...MemorisationFields } }
  }
`);
