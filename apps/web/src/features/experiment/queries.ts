import { graphql } from "@/gql";

export const RunRow = graphql(`
  fragment RunRow on Run {
    id name arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt configuration
    worker { id name }
    series { name lastStep lastValue }
    evaluation(fold: TEST) { id items meanDice auc scoring }
  }
`);

export const ArmSummaryFields = graphql(`
  fragment ArmSummaryFields on ArmSummary {
    arm seeds mean sd
    runStates { queued running succeeded failed cancelled }
  }
`);

export const ExperimentQuery = graphql(`
  query Experiment($id: UUID!) {
    experiment(id: $id) {
      id name question base seeds equivalenceMargin isUNetStudy isLabelsVersusArchitecture isTransferStudy isNoiseStudy isWitnessStudy isLayerCut crossValidation { folds repeats } createdAt createdBy
      project { id name }
      dataset { id name subjectsKnown itemCount }
      labelVersion { id number items }
      split { id name trainItems validationItems testItems subjectsKnown }
      arms { name changes }
      armSummaries { ...ArmSummaryFields }
      runs { ...RunRow }
    }
  }
`);

export const ExperimentPointsQuery = graphql(`
  query ExperimentPoints($id: UUID!, $series: [String!]) {
    experiment(id: $id) {
      id
      runs { id arm seed points(series: $series, maxPoints: 500) { series steps values } }
    }
  }
`);

export const ExperimentUpdates = graphql(`
  subscription ExperimentUpdates($id: UUID!) {
    experimentUpdates(experimentId: $id) {
      experiment { id armSummaries { ...ArmSummaryFields } }
      runs { ...RunRow }
      points { runId series steps values }
    }
  }
`);

export const CancelRun = graphql(`
  mutation CancelRun($id: UUID!) { cancelRun(id: $id) { id state cancelRequested phase } }
`);

export const RequeueRun = graphql(`
  mutation RequeueRun($id: UUID!) { requeueRun(id: $id) { id state cancelRequested phase error } }
`);
