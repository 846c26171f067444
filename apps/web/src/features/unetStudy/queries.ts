import { graphql } from "@/gql";

export const UNetStudyQuery = graphql(`
  query UNetStudy($id: UUID!, $fold: Fold!) {
    experiment(id: $id) {
      id
      labelVersion { id number }
      scoredSet(fold: $fold) { items size measuring { ...MeasuringFields } }
      unetStudy(fold: $fold) {
        fold
        metrics { name label unit higherIsBetter convention }
        factors {
          name reference
          levels {
            level arms parameters receptiveField multiplyAdds
            partners { parameters receptiveField multiplyAdds }
            dice { estimate low high level seeds items verdict reason detectable }
            equivalentError { estimate low high level seeds items verdict reason detectable }
            largestShare { estimate low high level seeds items verdict reason detectable }
            pieceExcess { estimate low high level seeds items verdict reason detectable }
          }
        }
        arms {
          arm depth skips loss parameters receptiveField multiplyAdds
          scores { metric mean sd low high seeds items undefinedItems }
        }
      }
    }
  }
`);

export const DifferenceFields = graphql(`
  fragment DifferenceFields on Difference { estimate low high level seeds items verdict reason detectable }
`);
