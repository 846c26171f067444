import { graphql } from "@/gql";

export const TransferStudyQuery = graphql(`
  query TransferStudy($id: UUID!, $fold: Fold!, $metric: String) {
    experiment(id: $id) {
      id name
      labelVersion { id number }
      transferStudy(fold: $fold, metric: $metric) {
        fold chance chanceText series seriesChance reference fractions equivalenceMargin verdict notes
        metric { name label unit higherIsBetter convention }
        arms {
          name startingWeights verdict
          closing { fraction sentence }
          pretraining {
            steps seconds sentence
            hops { name runId weightsId dataset steps epochs trainItems itemsSeen seconds }
          }
          cells {
            fraction arm trainItems leastTrainItems mostTrainItems trainSubjects budget secondsPerRun low high target
            runStates { queued running succeeded failed cancelled }
            score { ...ArmScoreFields }
            finalGap { ...DifferenceFields }
            stepsToTarget { seed runId steps lastStep beforeFirstValidation }
            speedGap { ratio low high level atLeast atMost seeds reached reachedByReference verdict reason detectable }
            curve { steps mean low high seeds }
          }
        }
      }
    }
  }
`);
