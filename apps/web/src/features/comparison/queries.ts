import { graphql } from "@/gql";

export const ComparisonQuery = graphql(`
  query Comparison($id: UUID!, $armA: String!, $armB: String!, $fold: Fold!, $labelVersionId: UUID!) {
    experiment(id: $id) {
      id
      comparison(armA: $armA, armB: $armB, fold: $fold) {
        fold convention
        labelVersion { id number classes }
        armA { ...ArmScoreFields }
        armB { ...ArmScoreFields }
        unpairedSeeds
        itemsLeftOut
        difference { estimate low high level seeds items verdict reason detectable }
        perSeed { seed a b }
        theseRunsOnly { low high level }
        strata { label lowShare highShare items meanA meanB lowA highA lowB highB }
        items {
          a b difference regionShare
          item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }
          predictionsA { runId seed dice predictionUrl }
          predictionsB { runId seed dice predictionUrl }
        }
      }
    }
  }
`);

export const ArmScoreFields = graphql(`
  fragment ArmScoreFields on ArmScore { arm mean sd seeds items perSeed { seed mean runId } }
`);
