import { graphql } from "@/gql";

export const LabelErrorsQuery = graphql(`
  query LabelErrors(
    $id: UUID!, $arm: String, $score: LabelScore, $first: Int!, $classIndex: Int, $given: Int, $suggested: Int,
    $onlyIssues: Boolean!, $onlyConflicting: Boolean!
  ) {
    experiment(id: $id) {
      id
      labelErrors(arm: $arm, score: $score) {
        arm repeats score
        labelVersion { id number rule schema { id task classes exclusive } madeFrom { id number } }
        questions { classIndex items given thresholds confidentJoint joint estimatedErrors issues }
        planted {
          labels errors share averagePrecision
          precisionAt { k hits precision low high }
          issuePrecision { hits of share low high }
          issueRecall { hits of share low high }
        }
        suspects(
          first: $first, classIndex: $classIndex, given: $given, suggested: $suggested, onlyIssues: $onlyIssues,
          onlyConflicting: $onlyConflicting
        ) {
          totalCount
          pageInfo { hasNextPage }
          edges {
            node {
              place classIndex given suggested quality givenProbability suggestedProbability isIssue isPlanted dice predictionUrl
              item { id kind name width height thumbnailUrl imageUrl }
              label { annotationId maskUrl classValues }
              original { annotationId maskUrl }
              conflictingCopies { id name }
            }
          }
        }
      }
    }
  }
`);
