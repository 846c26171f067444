import { graphql } from "@/gql";

export const BlocksQuery = graphql(`
  query LayerCutBlocks($base: JSONObject!) { layerCutBlocks(base: $base) }
`);

export const CreateLayerCutStudy = graphql(`
  mutation CreateLayerCutStudy($input: CreateLayerCutStudyInput!) { createLayerCutStudy(input: $input) { id } }
`);
