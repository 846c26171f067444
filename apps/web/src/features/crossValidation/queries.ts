import { graphql } from "@/gql";

export const CrossValidationQuery = graphql(`
  query CrossValidation($id: UUID!, $metric: String!) {
    experiment(id: $id) {
      id
      crossValidatedScores(metric: $metric) {
        arm
        perRepeat
        mean
        sd
        standardError
        difference {
          ...DifferenceFields
        }
        n
        runs
        runsScored
      }
    }
  }
`);
