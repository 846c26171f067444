import { graphql } from "@/gql";

export const RunQuery = graphql(`
  query Run($id: UUID!) {
    run(id: $id) {
      ...RunLive
      name source configuration codeCommit createdAt
      experiment { id name arms { name } }
      dataset { id name }
      labelVersion { id number classes }
      split { id name validationItems testItems subjectsKnown }
      startingRun { id name arm seed experiment { id name } }
      points(maxPoints: 800) { series steps values }
      samples { ...SampleFields }
    }
  }
`);

/** To name what a run started from. */
export const RunWeightsQuery = graphql(`
  query RunWeights { weights { id name family alpha classes } }
`);

/** Apart from the run itself: it is asked for when the run has ended. */
export const RunTestScoreQuery = graphql(`
  query RunTestScore($id: UUID!) {
    run(id: $id) { id evaluation(fold: TEST) { id task auc meanDice items } }
  }
`);

export const RunLive = graphql(`
  fragment RunLive on Run {
    id arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt
    worker { id name device }
    series { name lastStep lastValue }
    checkpoints { kind step epoch validationScore createdAt }
    attempts { attempt resumedStep startedAt endedAt outcome error worker { id name } }
  }
`);

export const SampleFields = graphql(`
  fragment SampleFields on RunSample {
    epoch step dice predictionUrl
    item { id name width height imageUrl thumbnailUrl }
  }
`);

export const RunUpdates = graphql(`
  subscription RunUpdates($id: UUID!) {
    runUpdates(runId: $id) {
      run { ...RunLive }
      points { series steps values }
      samples { ...SampleFields }
    }
  }
`);

export const SampleTruthQuery = graphql(`
  query SampleTruth($id: UUID!, $labelVersionId: UUID!) {
    run(id: $id) { id samples { item { id label(labelVersionId: $labelVersionId) { annotationId maskUrl } } } }
  }
`);

export const LogsQuery = graphql(`
  query RunLogs($id: UUID!, $first: Int!) {
    run(id: $id) {
      id
      logs(first: $first) {
        totalCount
        pageInfo { hasNextPage }
        edges { node { attempt level message loggedAt } }
      }
    }
  }
`);

export const EvaluationQuery = graphql(`
  query RunEvaluation($id: UUID!, $fold: Fold!, $order: ScoreOrder!, $after: String, $labelVersionId: UUID!) {
    run(id: $id) {
      id
      evaluation(fold: $fold) {
        id fold scoring checkpointStep size threshold convention items meanDice medianDice createdAt
        labelVersion { id number classes }
        itemScores(first: 24, after: $after, order: $order) {
          totalCount
          pageInfo { hasNextPage endCursor }
          edges {
            node {
              classIndex truePositives falsePositives falseNegatives dice truthComponents predictedComponents regionShare predictionUrl
              item { id name width height thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }
            }
          }
        }
      }
    }
  }
`);

export const ClassificationQuery = graphql(`
  query RunClassification($id: UUID!, $fold: Fold!, $order: ScoreOrder!, $after: String) {
    run(id: $id) {
      id
      evaluation(fold: $fold) {
        id fold scoring checkpointStep size items
        labelVersion { id number }
        classification {
          n unknownItems specificity classNames confusion
          metrics { metric { name label convention } value }
          calibration { ...CalibrationFields }
          classes {
            name n positives auc aucLow aucHigh averagePrecision averagePrecisionLow averagePrecisionHigh confusion
            atSpecificity { threshold sensitivity specificity }
            roc { threshold falsePositiveRate sensitivity }
            calibration { ...CalibrationFields }
          }
        }
        predictions(first: 24, after: $after, order: $order) {
          totalCount
          pageInfo { hasNextPage endCursor }
          edges { node { truth probabilities logLoss item { id name width height thumbnailUrl } } }
        }
      }
    }
  }
`);

export const FurtherScoringsQuery = graphql(`
  query RunFurtherScorings($id: UUID!, $fold: Fold!) {
    foldScorings(runId: $id, fold: $fold) { id task scoring scoredFrom items score createdAt labelVersion labels }
  }
`);

export const CalibrationFields = graphql(`
  fragment CalibrationFields on Calibration { n error bins { from to n confidence share } }
`);
