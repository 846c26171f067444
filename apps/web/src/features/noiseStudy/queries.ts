import { graphql } from "@/gql";

export const NoiseStudyQuery = graphql(`
  query NoiseStudy($id: UUID!, $metric: String) {
    experiment(id: $id) {
      id name
      labelVersion { id number }
      dataset { id }
      noiseStudy(metric: $metric) {
        chance chanceText noiseSeed methods equivalenceMargin verdict notes
        metric { name label unit higherIsBetter convention }
        progress {
          versions versionsMade versionsFailed runs runsWaiting runsSucceeded runsFailed scorings scoringsDone scoringsFailed isOver
        }
        versions { noise level text trains evaluates state total done error labelVersionId effectiveRate dice }
        noises {
          name kind unit onEffectiveRate trainingLevels evaluationLevels
          curves {
            method
            points { level x arm low high score { ...ArmScoreFields } }
            area { mean sd low high seeds items }
            areaDifference { ...DifferenceFields }
            breakdown { estimate low high seeds reached last }
            breakdownDifference { ...DifferenceFields }
          }
          grid { method trainingLevel evaluationLevel mean sd seeds items corrected }
          swaps { trainingLevel evaluationLevel better worse decided }
        }
      }
    }
  }
`);
