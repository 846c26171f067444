import { graphql } from "@/gql";
import type { ConfigurationProblemsQuery } from "@/gql/graphql";

export const FormQuery = graphql(`
  query NewExperimentForm {
    defaultConfiguration
    classificationDefaults: defaultConfiguration(task: CLASSIFICATION)
    milDefaults: defaultConfiguration(task: MIL)
    projects { id name }
    datasets(first: 100) {
      edges {
        node {
          id name itemCount itemKind subjectsKnown project { id name }
          labelVersions { id number rule items schema { id task classes exclusive } }
          splits { id name trainItems trainSubjects validationItems testItems subjectsKnown }
        }
      }
    }
    runs(first: 100) {
      edges {
        node {
          id name source arm seed state step startedAt finishedAt configuration
          experiment { id name }
          labelVersion { id schema { classes } }
        }
      }
    }
    weights { id name family alpha classes }
  }
`);

export const ProblemsQuery = graphql(`
  query ConfigurationProblems($configuration: JSONObject!) {
    configurationProblems(configuration: $configuration) { field expected got fix }
  }
`);

export const CreateExperiment = graphql(`
  mutation CreateExperiment($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }
`);

export const CreateCrossValidation = graphql(`
  mutation CreateCrossValidation($input: CreateCrossValidationInput!) { createCrossValidation(input: $input) { id } }
`);

export type ConfigurationProblem = ConfigurationProblemsQuery["configurationProblems"][number];
