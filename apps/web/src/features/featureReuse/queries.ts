import { graphql } from "@/gql";

export const InspectedRunFields = graphql(`
  fragment InspectedRunFields on Run { id name arm seed experiment { id name } }
`);

export const FeatureReuseListQuery = graphql(`
  query FeatureReuseList($runId: UUID!) {
    run(id: $runId) {
      id state
      checkpoints { kind }
      inspections(kind: FEATURE_REUSE) { ...InspectionFields request runs { ...InspectedRunFields } }
    }
  }
`);

export const FeatureReuseQuery = graphql(`
  query FeatureReuseAnswer($id: UUID!) {
    inspection(id: $id) {
      id
      featureReuse {
        blocksA blocksB items batch draws
        similarities { estimator values randomHigh randomMean shuffledHigh shuffledMean }
        distances { block distance normA normB randomDistance }
      }
    }
  }
`);

export const AskFeatureReuse = graphql(`
  mutation AskFeatureReuse($input: InspectFeatureReuseInput!) {
    inspectFeatureReuse(input: $input) { ...InspectionFields request runs { ...InspectedRunFields } }
  }
`);

export const RunsToCompareQuery = graphql(`
  query RunsToCompare($runId: UUID!) {
    run(id: $runId) {
      id
      startingRun { ...InspectedRunFields }
      experiment { id runs { ...InspectedRunFields source state } }
    }
    runs(first: 100, state: SUCCEEDED) { edges { node { ...InspectedRunFields source state } } }
  }
`);
