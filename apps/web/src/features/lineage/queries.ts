import { graphql } from "@/gql";

export const LineageQuery = graphql(`
  query RunLineage($id: UUID!) {
    run(id: $id) {
      id
      lineage {
        blocked
        edges { from to part blocks statisticsOnly report }
        nodes {
          id kind validationScore
          weights { id name source }
          run {
            id name arm seed state configuration
            experiment { id name }
            dataset { id name }
            labelVersion { id number }
            split { id name trainItems validationItems testItems }
          }
          gain {
            metric armBefore armAfter
            experiment { id name }
            difference { estimate low high level seeds items verdict reason detectable }
          }
          forgetting {
            ...InspectionFields request
            forgetting { metric earlierScore laterScore items replaced kept }
          }
          overlap { count unhashed pairs { ...DuplicatePairFields } }
        }
      }
    }
  }
`);

export const InspectForgetting = graphql(`
  mutation InspectForgetting($input: InspectForgettingInput!) { inspectForgetting(input: $input) { id state } }
`);

export const TestOverlapQuery = graphql(`
  query TestOverlap($id: UUID!) {
    experiment(id: $id) {
      id
      dataset { id }
      split { id }
      testOverlap { withinSplit unhashed hops { count run { id name } pairs { ...DuplicatePairFields } } }
    }
  }
`);
