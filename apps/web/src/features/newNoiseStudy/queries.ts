import { graphql } from "@/gql";

export const NoiseStudyPlanQuery = graphql(`
  query NoiseStudyPlan(
    $labelVersionId: UUID!, $base: JSONObject!, $methods: [NoiseMethodInput!]!, $noises: [NoiseInput!]!, $seeds: Int!
  ) {
    noiseStudyPlan(labelVersionId: $labelVersionId, base: $base, methods: $methods, noises: $noises, seeds: $seeds) {
      versions arms scoringsPerSeed
    }
  }
`);

export const CreateNoiseStudy = graphql(`
  mutation CreateNoiseStudy($input: CreateNoiseStudyInput!) { createNoiseStudy(input: $input) { id } }
`);
