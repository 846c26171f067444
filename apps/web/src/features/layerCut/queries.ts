import { graphql } from "@/gql";

export const LayerCutPointFields = graphql(`
  fragment LayerCutPointFields on LayerCutPoint {
    arm k block mean low high
    perSeed { seed mean }
    difference { estimate low high level seeds items verdict reason detectable }
    stepsToTarget { seed steps lastStep }
    speedGap { ratio low high seeds reached reachedByReference verdict reason }
  }
`);

export const LayerCutQuery = graphql(`
  query LayerCut($id: UUID!, $fold: Fold!, $metric: String!) {
    experiment(id: $id) {
      id
      labelVersion { id number }
      layerCut(fold: $fold, metric: $metric) {
        fold metric metricLabel blocks smallest rule verdict target equivalenceMargin
        points { ...LayerCutPointFields }
        statistics { ...LayerCutPointFields }
      }
    }
  }
`);
