import { graphql } from "@/gql";

export const CreateTransferStudy = graphql(`
  mutation CreateTransferStudy($input: CreateTransferStudyInput!) { createTransferStudy(input: $input) { id } }
`);
