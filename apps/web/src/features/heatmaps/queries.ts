import { graphql } from "@/gql";

export const HeatmapsListQuery = graphql(`
  query HeatmapsList($runId: UUID!) {
    run(id: $runId) {
      id state
      checkpoints { kind }
      inspections(kind: HEATMAPS) { ...InspectionFields request }
    }
  }
`);

export const HeatmapsQuery = graphql(`
  query HeatmapsAnswer($id: UUID!) {
    inspection(id: $id) {
      id
      heatmaps {
        size guardItems draws chosenAmong occlusionPatch occlusionStride
        labelRandomised { runId steps accuracy chance }
        maskVersion { id number }
        items {
          fold truth probabilities classIndex imageUrl
          item { id name }
          maps { method pictureUrl valuesUrl low high integration { steps difference missing } }
        }
        methods {
          method verdict items blank
          cascade { block similarity { ...SimilarityFields } chance { ...SimilarityFields } }
          weights { n verdict left { measure estimate low high } }
          labels { n verdict left { measure estimate low high } similarity { ...SimilarityFields } chance { ...SimilarityFields } }
          localisation {
            items
            auc { ...MeanFields } edgeDetector { ...MeanFields } centrePrior { ...MeanFields }
            overEdgeDetector { ...MeanFields } overCentrePrior { ...MeanFields }
          }
        }
      }
    }
  }
`);

export const SimilarityFields = graphql(`
  fragment SimilarityFields on MapSimilarities { signed magnitude structure }
`);

export const MeanFields = graphql(`
  fragment MeanFields on MeanOverItems { mean low high }
`);

export const AskHeatmaps = graphql(`
  mutation AskHeatmaps($input: InspectHeatmapsInput!) {
    inspectHeatmaps(input: $input) { ...InspectionFields request }
  }
`);

export const ItemsToNameQuery = graphql(`
  query ItemsToName($runId: UUID!, $fold: Fold!) {
    run(id: $runId) {
      id
      evaluation(fold: $fold) {
        id
        predictions(first: 200, order: WORST_FIRST) { totalCount edges { node { item { id name } } } }
      }
    }
  }
`);
