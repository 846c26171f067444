import { graphql } from "@/gql";

export const WitnessStudyQuery = graphql(`
  query WitnessStudy($id: UUID!) {
    experiment(id: $id) {
      id name
      labelVersion { id number }
      dataset { id name }
      split { id name }
      witnessStudy {
        poolings tiles testBags bagSeed bagDatasetId chanceCeiling answer notes
        progress { rates ratesMade ratesFailed runs runsWaiting runsSucceeded runsFailed isOver }
        rates { rate witnesses state total done error }
        curves {
          pooling limitText
          points { rate arm low high score { ...ArmScoreFields } }
          limit { estimate low high seeds below above }
        }
      }
    }
  }
`);
