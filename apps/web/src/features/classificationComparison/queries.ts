import { graphql } from "@/gql";

export const ClassificationComparisonQuery = graphql(`
  query ClassificationComparison($id: UUID!, $armA: String!, $armB: String!, $fold: Fold!, $metric: String!, $seed: Int) {
    experiment(id: $id) {
      id
      classificationComparison(armA: $armA, armB: $armB, fold: $fold, metric: $metric, seed: $seed) {
        fold unpairedSeeds itemsLeftOut
        metric { name label higherIsBetter convention }
        armA { ...ArmScoreFields }
        armB { ...ArmScoreFields }
        difference { estimate low high level seeds items verdict reason detectable }
        perSeed { seed a b }
        theseRunsOnly { low high level }
        aucTests { seed className a b difference low high p positives negatives }
      }
    }
  }
`);
