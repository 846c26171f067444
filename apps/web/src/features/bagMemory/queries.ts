import { graphql } from "@/gql";

export const BagMemoryListQuery = graphql(`
  query BagMemoryList($runId: UUID!) {
    run(id: $runId) {
      id
      checkpoints { kind }
      inspections(kind: BAG_MEMORY) { ...InspectionFields request }
    }
  }
`);

export const AskBagMemory = graphql(`
  mutation AskBagMemory($input: InspectBagMemoryInput!) {
    inspectBagMemory(input: $input) { ...InspectionFields request }
  }
`);

export const BagMemoryAnswerQuery = graphql(`
  query BagMemoryAnswer($id: UUID!) {
    inspection(id: $id) {
      id
      bagMemory {
        limitBytes baseBytes features largestBag bagsAtOnce largestThatFits
        sizes { tiles predictedBytes measuredBytes }
      }
    }
  }
`);

export const NoPositiveQuery = graphql(`
  query NoPositive($tiles: Int!, $positives: Int!, $drawn: [Int!]!) {
    chanceOfNoPositive(tiles: $tiles, positives: $positives, drawn: $drawn) { drawn chance }
  }
`);
