import { graphql } from "@/gql";

export const GridQuery = graphql(`
  query UNetStudyGrid($base: JSONObject!, $depths: [Int!]!, $skips: [String!]!, $losses: [JSON!]!) {
    unetStudyGrid(base: $base, depths: $depths, skips: $skips, losses: $losses) {
      arms { name configuration model { parameters receptiveField multiplyAdds } }
      notes
    }
  }
`);

export const CreateUNetStudy = graphql(`
  mutation CreateUNetStudy($input: CreateUNetStudyInput!) { createUNetStudy(input: $input) { id } }
`);
