import { graphql } from "@/gql";

export const TileMapsListQuery = graphql(`
  query TileMapsList($runId: UUID!) {
    run(id: $runId) {
      id state
      checkpoints { kind }
      inspections(kind: TILE_MAPS) { ...InspectionFields request }
    }
  }
`);

export const TileMapsQuery = graphql(`
  query TileMapsAnswer($id: UUID!) {
    inspection(id: $id) {
      ...InspectionFields
      request
      runs { id name arm seed labelVersion { id classes } }
      tileMaps {
        score noAttention noScore guardItems draws tileTruth chosenAmong
        labelRandomised { runId steps accuracy chance }
        items {
          fold truth probabilities classIndex tiles
          item { id name bagOrigin { manifestUrl slide { id name } } }
          maps { kind classIndex low high valuesUrl }
        }
        checks {
          kind verdict items blank
          cascade { block similarity { ...SimilarityFields } chance { ...SimilarityFields } }
          weights { n verdict left { measure estimate low high } }
          labels { n verdict left { measure estimate low high } similarity { ...SimilarityFields } chance { ...SimilarityFields } }
          localisation {
            items
            auc { ...MeanFields } oddness { ...MeanFields } overOddness { ...MeanFields }
            positiveShare { ...MeanFields } topHit { ...MeanFields }
          }
        }
      }
    }
  }
`);

export const AskTileMaps = graphql(`
  mutation AskTileMaps($input: InspectTileMapsInput!) {
    inspectTileMaps(input: $input) { ...InspectionFields request }
  }
`);
