import { graphql } from "@/gql";
import type { UNetStudyGridQuery } from "@/gql/graphql";

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

export type StudyGrid = UNetStudyGridQuery["unetStudyGrid"];
export type GridArm = StudyGrid["arms"][number];
