import { graphql } from "@/gql";

export const WitnessPoolingsQuery = graphql(`
  query WitnessPoolings { witnessPoolings { name changes } }
`);

export const LabelledTilesQuery = graphql(`
  query LabelledTiles($datasetId: UUID!) {
    dataset(id: $datasetId) { id splits { id labelledTiles { fold bags known positive negative } } }
  }
`);

export const WitnessStudyPlanQuery = graphql(`
  query WitnessStudyPlan(
    $labelVersionId: UUID!, $splitId: UUID!, $base: JSONObject!, $poolings: [WitnessPoolingInput!]!, $rates: [Float!]!,
    $bags: BagPlanInput!
  ) {
    witnessStudyPlan(
      labelVersionId: $labelVersionId, splitId: $splitId, base: $base, poolings: $poolings, rates: $rates, bags: $bags
    ) { arms witnesses bags }
  }
`);

export const CreateWitnessStudy = graphql(`
  mutation CreateWitnessStudy($input: CreateWitnessStudyInput!) { createWitnessStudy(input: $input) { id } }
`);
