/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Comparison($id: UUID!, $armA: String!, $armB: String!, $fold: Fold!, $labelVersionId: UUID!) {\n    experiment(id: $id) {\n      id\n      comparison(armA: $armA, armB: $armB, fold: $fold) {\n        fold convention\n        labelVersion { id number classes }\n        armA { ...ArmScoreFields }\n        armB { ...ArmScoreFields }\n        unpairedSeeds\n        itemsLeftOut\n        difference { estimate low high level seeds items verdict reason detectable }\n        perSeed { seed a b }\n        theseRunsOnly { low high level }\n        strata { label lowShare highShare items meanA meanB lowA highA lowB highB }\n        items {\n          a b difference regionShare\n          item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n          predictionsA { runId seed dice predictionUrl }\n          predictionsB { runId seed dice predictionUrl }\n        }\n      }\n    }\n  }\n": typeof types.ComparisonDocument,
    "\n  fragment ArmScoreFields on ArmScore { arm mean sd seeds items perSeed { seed mean runId } }\n": typeof types.ArmScoreFieldsFragmentDoc,
    "\n  query ImportProgress($id: UUID!) { import(id: $id) { ...ImportFields } }\n": typeof types.ImportProgressDocument,
    "\n  mutation CancelImport($id: UUID!) { cancelImport(id: $id) { ...ImportFields } }\n": typeof types.CancelImportDocument,
    "\n  query ImportProblems($id: UUID!, $after: String) {\n    import(id: $id) {\n      id\n      problems(first: 50, after: $after) {\n        totalCount\n        pageInfo { hasNextPage endCursor }\n        edges { node { path code message } }\n      }\n    }\n  }\n": typeof types.ImportProblemsDocument,
    "\n  mutation CreateSplit($input: CreateSplitInput!) { createSplit(input: $input) { id } }\n": typeof types.CreateSplitDocument,
    "\n  query Dataset($id: UUID!) {\n    dataset(id: $id) {\n      id name modality createdAt itemCount subjectCount subjectsKnown\n      project { id name }\n      labelVersions { id number rule note items classes contentHash chainHash createdAt parent { id number } }\n      splits { id name rule subjectsKnown contentHash createdAt trainItems validationItems testItems }\n      imports { ...ImportFields }\n    }\n  }\n": typeof types.DatasetDocument,
    "\n  fragment ImportFields on Import {\n    id state layout reader total done added duplicates refused error createdAt finishedAt reportUrl\n    labelVersion { id number }\n    split { id name }\n  }\n": typeof types.ImportFieldsFragmentDoc,
    "\n  query DatasetItems($id: UUID!, $labelVersionId: UUID!, $withLabels: Boolean!, $splitId: UUID, $fold: Fold, $after: String) {\n    dataset(id: $id) {\n      id\n      items(first: 48, after: $after, splitId: $splitId, fold: $fold) {\n        totalCount\n        pageInfo { hasNextPage endCursor }\n        edges {\n          node {\n            id name width height subject subjectKnown site spacingMm spacingYMm imageUrl thumbnailUrl\n            label(labelVersionId: $labelVersionId) @include(if: $withLabels) { annotationId reader maskUrl regionPixels regionShare components }\n          }\n        }\n      }\n    }\n  }\n": typeof types.DatasetItemsDocument,
    "\n  query RegionSizes($id: UUID!) {\n    labelVersion(id: $id) { id number items regionSizes { edges counts items empty } }\n  }\n": typeof types.RegionSizesDocument,
    "\n  query Datasets($after: String) {\n    datasets(first: 50, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id name modality createdAt itemCount subjectCount subjectsKnown project { id name } labelVersions { id number } } }\n    }\n  }\n": typeof types.DatasetsDocument,
    "\n  query Projects { projects { id name } }\n": typeof types.ProjectsDocument,
    "\n  mutation CreateDataset($input: CreateDatasetInput!) { createDataset(input: $input) { id } }\n": typeof types.CreateDatasetDocument,
    "\n  query ExperimentAnswer($id: UUID!, $armA: String!, $armB: String!) {\n    experiment(id: $id) {\n      id\n      comparison(armA: $armA, armB: $armB, fold: TEST) {\n        fold convention\n        labelVersion { id number }\n        difference { estimate low high level seeds items verdict reason detectable }\n      }\n    }\n  }\n": typeof types.ExperimentAnswerDocument,
    "\n  query DefaultConfiguration { defaultConfiguration }\n": typeof types.DefaultConfigurationDocument,
    "\n  fragment RunRow on Run {\n    id name arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt configuration\n    worker { id name }\n    series { name lastStep lastValue }\n    evaluation(fold: TEST) { id items meanDice scoring }\n  }\n": typeof types.RunRowFragmentDoc,
    "\n  fragment ArmSummaryFields on ArmSummary {\n    arm seeds mean sd\n    runStates { queued running succeeded failed cancelled }\n  }\n": typeof types.ArmSummaryFieldsFragmentDoc,
    "\n  query Experiment($id: UUID!) {\n    experiment(id: $id) {\n      id name question base seeds equivalenceMargin createdAt createdBy\n      project { id name }\n      dataset { id name subjectsKnown itemCount }\n      labelVersion { id number items }\n      split { id name trainItems validationItems testItems subjectsKnown }\n      arms { name changes }\n      armSummaries { ...ArmSummaryFields }\n      runs { ...RunRow }\n    }\n  }\n": typeof types.ExperimentDocument,
    "\n  query ExperimentPoints($id: UUID!, $series: [String!]) {\n    experiment(id: $id) {\n      id\n      runs { id arm seed points(series: $series, maxPoints: 500) { series steps values } }\n    }\n  }\n": typeof types.ExperimentPointsDocument,
    "\n  subscription ExperimentUpdates($id: UUID!) {\n    experimentUpdates(experimentId: $id) {\n      experiment { id armSummaries { ...ArmSummaryFields } }\n      runs { ...RunRow }\n      points { runId series steps values }\n    }\n  }\n": typeof types.ExperimentUpdatesDocument,
    "\n  mutation CancelRun($id: UUID!) { cancelRun(id: $id) { id state cancelRequested phase } }\n": typeof types.CancelRunDocument,
    "\n  mutation RequeueRun($id: UUID!) { requeueRun(id: $id) { id state cancelRequested phase error } }\n": typeof types.RequeueRunDocument,
    "\n  query Experiments($first: Int!) {\n    experiments(first: $first) {\n      totalCount\n      pageInfo { hasNextPage }\n      edges {\n        node {\n          id name question createdAt seeds\n          project { id name }\n          dataset { id name }\n          labelVersion { id number }\n          arms { name }\n          armSummaries { arm seeds mean sd runStates { queued running succeeded failed cancelled } }\n        }\n      }\n    }\n  }\n": typeof types.ExperimentsDocument,
    "\n  query FirstSteps {\n    datasets(first: 50) { edges { node { id name labelVersions { id } splits { id } } } }\n    workers { id alive }\n  }\n": typeof types.FirstStepsDocument,
    "\n  mutation StartImport($input: StartImportInput!) { startImport(input: $input) { ...ImportFields } }\n": typeof types.StartImportDocument,
    "\n  query GuessImportLayout($paths: [String!]!) { guessImportLayout(paths: $paths) }\n": typeof types.GuessImportLayoutDocument,
    "\n  query NewExperimentForm {\n    defaultConfiguration\n    projects { id name }\n    datasets(first: 100) {\n      edges {\n        node {\n          id name itemCount subjectsKnown project { id name }\n          labelVersions { id number rule items }\n          splits { id name trainItems validationItems testItems subjectsKnown }\n        }\n      }\n    }\n    runs(first: 100) {\n      edges { node { id name source arm seed state step startedAt finishedAt configuration experiment { id name } } }\n    }\n  }\n": typeof types.NewExperimentFormDocument,
    "\n  query ConfigurationProblems($configuration: JSONObject!) {\n    configurationProblems(configuration: $configuration) { field expected got fix }\n  }\n": typeof types.ConfigurationProblemsDocument,
    "\n  mutation CreateExperiment($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }\n": typeof types.CreateExperimentDocument,
    "\n  query Run($id: UUID!) {\n    run(id: $id) {\n      ...RunLive\n      name source configuration codeCommit createdAt\n      experiment { id name arms { name } }\n      dataset { id name }\n      labelVersion { id number classes }\n      split { id name validationItems testItems subjectsKnown }\n      startingRun { id name arm seed experiment { id name } }\n      points(maxPoints: 800) { series steps values }\n      samples { ...SampleFields }\n    }\n  }\n": typeof types.RunDocument,
    "\n  query RunTestScore($id: UUID!) {\n    run(id: $id) { id evaluation(fold: TEST) { id meanDice items } }\n  }\n": typeof types.RunTestScoreDocument,
    "\n  fragment RunLive on Run {\n    id arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt\n    worker { id name device }\n    series { name lastStep lastValue }\n    checkpoints { kind step epoch validationDice createdAt }\n    attempts { attempt resumedStep startedAt endedAt outcome error worker { id name } }\n  }\n": typeof types.RunLiveFragmentDoc,
    "\n  fragment SampleFields on RunSample {\n    epoch step dice predictionUrl\n    item { id name width height imageUrl thumbnailUrl }\n  }\n": typeof types.SampleFieldsFragmentDoc,
    "\n  subscription RunUpdates($id: UUID!) {\n    runUpdates(runId: $id) {\n      run { ...RunLive }\n      points { series steps values }\n      samples { ...SampleFields }\n    }\n  }\n": typeof types.RunUpdatesDocument,
    "\n  query SampleTruth($id: UUID!, $labelVersionId: UUID!) {\n    run(id: $id) { id samples { item { id label(labelVersionId: $labelVersionId) { annotationId maskUrl } } } }\n  }\n": typeof types.SampleTruthDocument,
    "\n  query RunLogs($id: UUID!, $first: Int!) {\n    run(id: $id) {\n      id\n      logs(first: $first) {\n        totalCount\n        pageInfo { hasNextPage }\n        edges { node { attempt level message loggedAt } }\n      }\n    }\n  }\n": typeof types.RunLogsDocument,
    "\n  query RunEvaluation($id: UUID!, $fold: Fold!, $order: ScoreOrder!, $after: String, $labelVersionId: UUID!) {\n    run(id: $id) {\n      id\n      evaluation(fold: $fold) {\n        id fold scoring checkpointStep size threshold convention items meanDice medianDice createdAt\n        labelVersion { id number classes }\n        itemScores(first: 24, after: $after, order: $order) {\n          totalCount\n          pageInfo { hasNextPage endCursor }\n          edges {\n            node {\n              classIndex truePositives falsePositives falseNegatives dice truthComponents predictedComponents regionShare predictionUrl\n              item { id name width height thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.RunEvaluationDocument,
    "\n  query Runs($state: RunState, $first: Int!) {\n    runs(first: $first, state: $state) {\n      totalCount\n      pageInfo { hasNextPage }\n      edges {\n        node {\n          id name source arm seed state phase step totalSteps createdAt cancelRequested\n          experiment { id name }\n          worker { id name }\n          series { name lastStep lastValue }\n          labelVersion { id number }\n          evaluation(fold: TEST) { id items meanDice }\n        }\n      }\n    }\n  }\n": typeof types.RunsDocument,
    "\n  query ScoredGallery(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $labelVersionId: UUID!\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...GalleryFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...GalleryFields }\n  }\n": typeof types.ScoredGalleryDocument,
    "\n  fragment GalleryFields on ScoredSet {\n    contiguity(classIndex: $classIndex) {\n      gallery {\n        itemId arm seed runId pieces truthPieces holes largestShare dice predictionUrl\n        item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n      }\n    }\n  }\n": typeof types.GalleryFieldsFragmentDoc,
    "\n  query ScoredItem(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int\n    $labelVersionId: UUID!, $itemId: UUID!\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ScoredItemFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ScoredItemFields }\n  }\n": typeof types.ScoredItemDocument,
    "\n  fragment ScoredItemFields on ScoredSet {\n    item(itemId: $itemId, classIndex: $classIndex) {\n      item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n      predictions { arm runId seed dice predictionUrl }\n    }\n  }\n": typeof types.ScoredItemFieldsFragmentDoc,
    "\n  fragment ScoredSetHead on ScoredSet {\n    fold size items classes\n    labelVersion { id number }\n    arms { arm seeds runIds thresholds }\n    measuring { ...MeasuringFields }\n  }\n": typeof types.ScoredSetHeadFragmentDoc,
    "\n  fragment MeasuringFields on MeasuringProgress { done total failed error }\n": typeof types.MeasuringFieldsFragmentDoc,
    "\n  query ScoredMeasuring($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) {\n      id\n      scoredSet(fold: $fold) { measuring { ...MeasuringFields } }\n    }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { measuring { ...MeasuringFields } }\n  }\n": typeof types.ScoredMeasuringDocument,
    "\n  query ScoredMetrics(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $reference: String\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...MetricsFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...MetricsFields }\n  }\n": typeof types.ScoredMetricsDocument,
    "\n  fragment MetricsFields on ScoredSet {\n    ...ScoredSetHead\n    metrics(reference: $reference, classIndex: $classIndex) {\n      reference\n      metrics { name label unit higherIsBetter convention }\n      rows {\n        arm\n        cells {\n          metric mean sd low high seeds items undefinedItems\n          difference { estimate low high level seeds items verdict reason detectable }\n        }\n      }\n    }\n  }\n": typeof types.MetricsFieldsFragmentDoc,
    "\n  query ScoredLedger($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $threshold: Float) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...LedgerFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...LedgerFields }\n  }\n": typeof types.ScoredLedgerDocument,
    "\n  fragment LedgerFields on ScoredSet {\n    ...ScoredSetHead\n    ledger(threshold: $threshold) {\n      threshold thresholdsMissing\n      rows {\n        name key convention aggregation background bothEmpty order\n        arms { arm mean sd low high seeds items undefinedItems }\n      }\n      swaps { convention key armX armY reference difference }\n      spread { arm low high lowConvention highConvention }\n      thresholds { arm thresholds mean low high }\n    }\n  }\n": typeof types.LedgerFieldsFragmentDoc,
    "\n  query ScoredSizes($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...SizesFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...SizesFields }\n  }\n": typeof types.ScoredSizesDocument,
    "\n  fragment SizesFields on ScoredSet {\n    ...ScoredSetHead\n    regionSizes(classIndex: $classIndex) {\n      withoutRegion convention\n      points {\n        itemId itemName regionShare pixels oneShift twoShift threeShift readerDice\n        scores { arm dice equivalentError atLeast }\n      }\n      arms { arm equivalentError low high seeds items atLeast }\n      strata {\n        label lowShare highShare items onePixelDice readerDice readers\n        arms { arm dice low high equivalentError errorLow errorHigh }\n      }\n    }\n    droppedPixels(classIndex: $classIndex) { placement stratum share dice hd95 assd nsd items convention }\n  }\n": typeof types.SizesFieldsFragmentDoc,
    "\n  query ScoredContiguity($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ContiguityFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ContiguityFields }\n  }\n": typeof types.ScoredContiguityDocument,
    "\n  fragment ContiguityFields on ScoredSet {\n    ...ScoredSetHead\n    contiguity(classIndex: $classIndex) {\n      convention\n      arms { arm seeds items pieces truthPieces holes specks falsePieces largestShare dice }\n      postProcessing {\n        arm\n        choice { keep minPixels fillHoles text }\n        before { dice pieces holes largestShare }\n        after { dice pieces holes largestShare }\n        difference { estimate low high level seeds items verdict reason detectable }\n        candidates { text validationDice }\n      }\n    }\n  }\n": typeof types.ContiguityFieldsFragmentDoc,
    "\n  query Viewer {\n    me { userId name email teamId teamName role }\n  }\n": typeof types.ViewerDocument,
    "\n  query Team {\n    members { userId name email role createdAt }\n    apiTokens { id name role createdAt expiresAt lastUsedAt revokedAt }\n  }\n": typeof types.TeamDocument,
    "\n  query Invitations { invitations { id email role createdAt expiresAt acceptedAt } }\n": typeof types.InvitationsDocument,
    "\n  mutation SetMemberRole($userId: UUID!, $role: Role!) { setMemberRole(userId: $userId, role: $role) { userId role } }\n": typeof types.SetMemberRoleDocument,
    "\n  mutation RemoveMember($userId: UUID!) { removeMember(userId: $userId) }\n": typeof types.RemoveMemberDocument,
    "\n  mutation InviteMember($input: InviteMemberInput!) { inviteMember(input: $input) { token invitation { id } } }\n": typeof types.InviteMemberDocument,
    "\n  mutation CreateApiToken($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id } } }\n": typeof types.CreateApiTokenDocument,
    "\n  mutation RevokeApiToken($id: UUID!) { revokeApiToken(id: $id) { id revokedAt } }\n": typeof types.RevokeApiTokenDocument,
    "\n  query Workers {\n    workers { id name device version startedAt seenAt alive currentRuns { id name arm seed step totalSteps } }\n  }\n": typeof types.WorkersDocument,
};
const documents: Documents = {
    "\n  query Comparison($id: UUID!, $armA: String!, $armB: String!, $fold: Fold!, $labelVersionId: UUID!) {\n    experiment(id: $id) {\n      id\n      comparison(armA: $armA, armB: $armB, fold: $fold) {\n        fold convention\n        labelVersion { id number classes }\n        armA { ...ArmScoreFields }\n        armB { ...ArmScoreFields }\n        unpairedSeeds\n        itemsLeftOut\n        difference { estimate low high level seeds items verdict reason detectable }\n        perSeed { seed a b }\n        theseRunsOnly { low high level }\n        strata { label lowShare highShare items meanA meanB lowA highA lowB highB }\n        items {\n          a b difference regionShare\n          item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n          predictionsA { runId seed dice predictionUrl }\n          predictionsB { runId seed dice predictionUrl }\n        }\n      }\n    }\n  }\n": types.ComparisonDocument,
    "\n  fragment ArmScoreFields on ArmScore { arm mean sd seeds items perSeed { seed mean runId } }\n": types.ArmScoreFieldsFragmentDoc,
    "\n  query ImportProgress($id: UUID!) { import(id: $id) { ...ImportFields } }\n": types.ImportProgressDocument,
    "\n  mutation CancelImport($id: UUID!) { cancelImport(id: $id) { ...ImportFields } }\n": types.CancelImportDocument,
    "\n  query ImportProblems($id: UUID!, $after: String) {\n    import(id: $id) {\n      id\n      problems(first: 50, after: $after) {\n        totalCount\n        pageInfo { hasNextPage endCursor }\n        edges { node { path code message } }\n      }\n    }\n  }\n": types.ImportProblemsDocument,
    "\n  mutation CreateSplit($input: CreateSplitInput!) { createSplit(input: $input) { id } }\n": types.CreateSplitDocument,
    "\n  query Dataset($id: UUID!) {\n    dataset(id: $id) {\n      id name modality createdAt itemCount subjectCount subjectsKnown\n      project { id name }\n      labelVersions { id number rule note items classes contentHash chainHash createdAt parent { id number } }\n      splits { id name rule subjectsKnown contentHash createdAt trainItems validationItems testItems }\n      imports { ...ImportFields }\n    }\n  }\n": types.DatasetDocument,
    "\n  fragment ImportFields on Import {\n    id state layout reader total done added duplicates refused error createdAt finishedAt reportUrl\n    labelVersion { id number }\n    split { id name }\n  }\n": types.ImportFieldsFragmentDoc,
    "\n  query DatasetItems($id: UUID!, $labelVersionId: UUID!, $withLabels: Boolean!, $splitId: UUID, $fold: Fold, $after: String) {\n    dataset(id: $id) {\n      id\n      items(first: 48, after: $after, splitId: $splitId, fold: $fold) {\n        totalCount\n        pageInfo { hasNextPage endCursor }\n        edges {\n          node {\n            id name width height subject subjectKnown site spacingMm spacingYMm imageUrl thumbnailUrl\n            label(labelVersionId: $labelVersionId) @include(if: $withLabels) { annotationId reader maskUrl regionPixels regionShare components }\n          }\n        }\n      }\n    }\n  }\n": types.DatasetItemsDocument,
    "\n  query RegionSizes($id: UUID!) {\n    labelVersion(id: $id) { id number items regionSizes { edges counts items empty } }\n  }\n": types.RegionSizesDocument,
    "\n  query Datasets($after: String) {\n    datasets(first: 50, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id name modality createdAt itemCount subjectCount subjectsKnown project { id name } labelVersions { id number } } }\n    }\n  }\n": types.DatasetsDocument,
    "\n  query Projects { projects { id name } }\n": types.ProjectsDocument,
    "\n  mutation CreateDataset($input: CreateDatasetInput!) { createDataset(input: $input) { id } }\n": types.CreateDatasetDocument,
    "\n  query ExperimentAnswer($id: UUID!, $armA: String!, $armB: String!) {\n    experiment(id: $id) {\n      id\n      comparison(armA: $armA, armB: $armB, fold: TEST) {\n        fold convention\n        labelVersion { id number }\n        difference { estimate low high level seeds items verdict reason detectable }\n      }\n    }\n  }\n": types.ExperimentAnswerDocument,
    "\n  query DefaultConfiguration { defaultConfiguration }\n": types.DefaultConfigurationDocument,
    "\n  fragment RunRow on Run {\n    id name arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt configuration\n    worker { id name }\n    series { name lastStep lastValue }\n    evaluation(fold: TEST) { id items meanDice scoring }\n  }\n": types.RunRowFragmentDoc,
    "\n  fragment ArmSummaryFields on ArmSummary {\n    arm seeds mean sd\n    runStates { queued running succeeded failed cancelled }\n  }\n": types.ArmSummaryFieldsFragmentDoc,
    "\n  query Experiment($id: UUID!) {\n    experiment(id: $id) {\n      id name question base seeds equivalenceMargin createdAt createdBy\n      project { id name }\n      dataset { id name subjectsKnown itemCount }\n      labelVersion { id number items }\n      split { id name trainItems validationItems testItems subjectsKnown }\n      arms { name changes }\n      armSummaries { ...ArmSummaryFields }\n      runs { ...RunRow }\n    }\n  }\n": types.ExperimentDocument,
    "\n  query ExperimentPoints($id: UUID!, $series: [String!]) {\n    experiment(id: $id) {\n      id\n      runs { id arm seed points(series: $series, maxPoints: 500) { series steps values } }\n    }\n  }\n": types.ExperimentPointsDocument,
    "\n  subscription ExperimentUpdates($id: UUID!) {\n    experimentUpdates(experimentId: $id) {\n      experiment { id armSummaries { ...ArmSummaryFields } }\n      runs { ...RunRow }\n      points { runId series steps values }\n    }\n  }\n": types.ExperimentUpdatesDocument,
    "\n  mutation CancelRun($id: UUID!) { cancelRun(id: $id) { id state cancelRequested phase } }\n": types.CancelRunDocument,
    "\n  mutation RequeueRun($id: UUID!) { requeueRun(id: $id) { id state cancelRequested phase error } }\n": types.RequeueRunDocument,
    "\n  query Experiments($first: Int!) {\n    experiments(first: $first) {\n      totalCount\n      pageInfo { hasNextPage }\n      edges {\n        node {\n          id name question createdAt seeds\n          project { id name }\n          dataset { id name }\n          labelVersion { id number }\n          arms { name }\n          armSummaries { arm seeds mean sd runStates { queued running succeeded failed cancelled } }\n        }\n      }\n    }\n  }\n": types.ExperimentsDocument,
    "\n  query FirstSteps {\n    datasets(first: 50) { edges { node { id name labelVersions { id } splits { id } } } }\n    workers { id alive }\n  }\n": types.FirstStepsDocument,
    "\n  mutation StartImport($input: StartImportInput!) { startImport(input: $input) { ...ImportFields } }\n": types.StartImportDocument,
    "\n  query GuessImportLayout($paths: [String!]!) { guessImportLayout(paths: $paths) }\n": types.GuessImportLayoutDocument,
    "\n  query NewExperimentForm {\n    defaultConfiguration\n    projects { id name }\n    datasets(first: 100) {\n      edges {\n        node {\n          id name itemCount subjectsKnown project { id name }\n          labelVersions { id number rule items }\n          splits { id name trainItems validationItems testItems subjectsKnown }\n        }\n      }\n    }\n    runs(first: 100) {\n      edges { node { id name source arm seed state step startedAt finishedAt configuration experiment { id name } } }\n    }\n  }\n": types.NewExperimentFormDocument,
    "\n  query ConfigurationProblems($configuration: JSONObject!) {\n    configurationProblems(configuration: $configuration) { field expected got fix }\n  }\n": types.ConfigurationProblemsDocument,
    "\n  mutation CreateExperiment($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }\n": types.CreateExperimentDocument,
    "\n  query Run($id: UUID!) {\n    run(id: $id) {\n      ...RunLive\n      name source configuration codeCommit createdAt\n      experiment { id name arms { name } }\n      dataset { id name }\n      labelVersion { id number classes }\n      split { id name validationItems testItems subjectsKnown }\n      startingRun { id name arm seed experiment { id name } }\n      points(maxPoints: 800) { series steps values }\n      samples { ...SampleFields }\n    }\n  }\n": types.RunDocument,
    "\n  query RunTestScore($id: UUID!) {\n    run(id: $id) { id evaluation(fold: TEST) { id meanDice items } }\n  }\n": types.RunTestScoreDocument,
    "\n  fragment RunLive on Run {\n    id arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt\n    worker { id name device }\n    series { name lastStep lastValue }\n    checkpoints { kind step epoch validationDice createdAt }\n    attempts { attempt resumedStep startedAt endedAt outcome error worker { id name } }\n  }\n": types.RunLiveFragmentDoc,
    "\n  fragment SampleFields on RunSample {\n    epoch step dice predictionUrl\n    item { id name width height imageUrl thumbnailUrl }\n  }\n": types.SampleFieldsFragmentDoc,
    "\n  subscription RunUpdates($id: UUID!) {\n    runUpdates(runId: $id) {\n      run { ...RunLive }\n      points { series steps values }\n      samples { ...SampleFields }\n    }\n  }\n": types.RunUpdatesDocument,
    "\n  query SampleTruth($id: UUID!, $labelVersionId: UUID!) {\n    run(id: $id) { id samples { item { id label(labelVersionId: $labelVersionId) { annotationId maskUrl } } } }\n  }\n": types.SampleTruthDocument,
    "\n  query RunLogs($id: UUID!, $first: Int!) {\n    run(id: $id) {\n      id\n      logs(first: $first) {\n        totalCount\n        pageInfo { hasNextPage }\n        edges { node { attempt level message loggedAt } }\n      }\n    }\n  }\n": types.RunLogsDocument,
    "\n  query RunEvaluation($id: UUID!, $fold: Fold!, $order: ScoreOrder!, $after: String, $labelVersionId: UUID!) {\n    run(id: $id) {\n      id\n      evaluation(fold: $fold) {\n        id fold scoring checkpointStep size threshold convention items meanDice medianDice createdAt\n        labelVersion { id number classes }\n        itemScores(first: 24, after: $after, order: $order) {\n          totalCount\n          pageInfo { hasNextPage endCursor }\n          edges {\n            node {\n              classIndex truePositives falsePositives falseNegatives dice truthComponents predictedComponents regionShare predictionUrl\n              item { id name width height thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n            }\n          }\n        }\n      }\n    }\n  }\n": types.RunEvaluationDocument,
    "\n  query Runs($state: RunState, $first: Int!) {\n    runs(first: $first, state: $state) {\n      totalCount\n      pageInfo { hasNextPage }\n      edges {\n        node {\n          id name source arm seed state phase step totalSteps createdAt cancelRequested\n          experiment { id name }\n          worker { id name }\n          series { name lastStep lastValue }\n          labelVersion { id number }\n          evaluation(fold: TEST) { id items meanDice }\n        }\n      }\n    }\n  }\n": types.RunsDocument,
    "\n  query ScoredGallery(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $labelVersionId: UUID!\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...GalleryFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...GalleryFields }\n  }\n": types.ScoredGalleryDocument,
    "\n  fragment GalleryFields on ScoredSet {\n    contiguity(classIndex: $classIndex) {\n      gallery {\n        itemId arm seed runId pieces truthPieces holes largestShare dice predictionUrl\n        item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n      }\n    }\n  }\n": types.GalleryFieldsFragmentDoc,
    "\n  query ScoredItem(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int\n    $labelVersionId: UUID!, $itemId: UUID!\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ScoredItemFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ScoredItemFields }\n  }\n": types.ScoredItemDocument,
    "\n  fragment ScoredItemFields on ScoredSet {\n    item(itemId: $itemId, classIndex: $classIndex) {\n      item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n      predictions { arm runId seed dice predictionUrl }\n    }\n  }\n": types.ScoredItemFieldsFragmentDoc,
    "\n  fragment ScoredSetHead on ScoredSet {\n    fold size items classes\n    labelVersion { id number }\n    arms { arm seeds runIds thresholds }\n    measuring { ...MeasuringFields }\n  }\n": types.ScoredSetHeadFragmentDoc,
    "\n  fragment MeasuringFields on MeasuringProgress { done total failed error }\n": types.MeasuringFieldsFragmentDoc,
    "\n  query ScoredMeasuring($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) {\n      id\n      scoredSet(fold: $fold) { measuring { ...MeasuringFields } }\n    }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { measuring { ...MeasuringFields } }\n  }\n": types.ScoredMeasuringDocument,
    "\n  query ScoredMetrics(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $reference: String\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...MetricsFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...MetricsFields }\n  }\n": types.ScoredMetricsDocument,
    "\n  fragment MetricsFields on ScoredSet {\n    ...ScoredSetHead\n    metrics(reference: $reference, classIndex: $classIndex) {\n      reference\n      metrics { name label unit higherIsBetter convention }\n      rows {\n        arm\n        cells {\n          metric mean sd low high seeds items undefinedItems\n          difference { estimate low high level seeds items verdict reason detectable }\n        }\n      }\n    }\n  }\n": types.MetricsFieldsFragmentDoc,
    "\n  query ScoredLedger($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $threshold: Float) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...LedgerFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...LedgerFields }\n  }\n": types.ScoredLedgerDocument,
    "\n  fragment LedgerFields on ScoredSet {\n    ...ScoredSetHead\n    ledger(threshold: $threshold) {\n      threshold thresholdsMissing\n      rows {\n        name key convention aggregation background bothEmpty order\n        arms { arm mean sd low high seeds items undefinedItems }\n      }\n      swaps { convention key armX armY reference difference }\n      spread { arm low high lowConvention highConvention }\n      thresholds { arm thresholds mean low high }\n    }\n  }\n": types.LedgerFieldsFragmentDoc,
    "\n  query ScoredSizes($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...SizesFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...SizesFields }\n  }\n": types.ScoredSizesDocument,
    "\n  fragment SizesFields on ScoredSet {\n    ...ScoredSetHead\n    regionSizes(classIndex: $classIndex) {\n      withoutRegion convention\n      points {\n        itemId itemName regionShare pixels oneShift twoShift threeShift readerDice\n        scores { arm dice equivalentError atLeast }\n      }\n      arms { arm equivalentError low high seeds items atLeast }\n      strata {\n        label lowShare highShare items onePixelDice readerDice readers\n        arms { arm dice low high equivalentError errorLow errorHigh }\n      }\n    }\n    droppedPixels(classIndex: $classIndex) { placement stratum share dice hd95 assd nsd items convention }\n  }\n": types.SizesFieldsFragmentDoc,
    "\n  query ScoredContiguity($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ContiguityFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ContiguityFields }\n  }\n": types.ScoredContiguityDocument,
    "\n  fragment ContiguityFields on ScoredSet {\n    ...ScoredSetHead\n    contiguity(classIndex: $classIndex) {\n      convention\n      arms { arm seeds items pieces truthPieces holes specks falsePieces largestShare dice }\n      postProcessing {\n        arm\n        choice { keep minPixels fillHoles text }\n        before { dice pieces holes largestShare }\n        after { dice pieces holes largestShare }\n        difference { estimate low high level seeds items verdict reason detectable }\n        candidates { text validationDice }\n      }\n    }\n  }\n": types.ContiguityFieldsFragmentDoc,
    "\n  query Viewer {\n    me { userId name email teamId teamName role }\n  }\n": types.ViewerDocument,
    "\n  query Team {\n    members { userId name email role createdAt }\n    apiTokens { id name role createdAt expiresAt lastUsedAt revokedAt }\n  }\n": types.TeamDocument,
    "\n  query Invitations { invitations { id email role createdAt expiresAt acceptedAt } }\n": types.InvitationsDocument,
    "\n  mutation SetMemberRole($userId: UUID!, $role: Role!) { setMemberRole(userId: $userId, role: $role) { userId role } }\n": types.SetMemberRoleDocument,
    "\n  mutation RemoveMember($userId: UUID!) { removeMember(userId: $userId) }\n": types.RemoveMemberDocument,
    "\n  mutation InviteMember($input: InviteMemberInput!) { inviteMember(input: $input) { token invitation { id } } }\n": types.InviteMemberDocument,
    "\n  mutation CreateApiToken($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id } } }\n": types.CreateApiTokenDocument,
    "\n  mutation RevokeApiToken($id: UUID!) { revokeApiToken(id: $id) { id revokedAt } }\n": types.RevokeApiTokenDocument,
    "\n  query Workers {\n    workers { id name device version startedAt seenAt alive currentRuns { id name arm seed step totalSteps } }\n  }\n": types.WorkersDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Comparison($id: UUID!, $armA: String!, $armB: String!, $fold: Fold!, $labelVersionId: UUID!) {\n    experiment(id: $id) {\n      id\n      comparison(armA: $armA, armB: $armB, fold: $fold) {\n        fold convention\n        labelVersion { id number classes }\n        armA { ...ArmScoreFields }\n        armB { ...ArmScoreFields }\n        unpairedSeeds\n        itemsLeftOut\n        difference { estimate low high level seeds items verdict reason detectable }\n        perSeed { seed a b }\n        theseRunsOnly { low high level }\n        strata { label lowShare highShare items meanA meanB lowA highA lowB highB }\n        items {\n          a b difference regionShare\n          item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n          predictionsA { runId seed dice predictionUrl }\n          predictionsB { runId seed dice predictionUrl }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Comparison($id: UUID!, $armA: String!, $armB: String!, $fold: Fold!, $labelVersionId: UUID!) {\n    experiment(id: $id) {\n      id\n      comparison(armA: $armA, armB: $armB, fold: $fold) {\n        fold convention\n        labelVersion { id number classes }\n        armA { ...ArmScoreFields }\n        armB { ...ArmScoreFields }\n        unpairedSeeds\n        itemsLeftOut\n        difference { estimate low high level seeds items verdict reason detectable }\n        perSeed { seed a b }\n        theseRunsOnly { low high level }\n        strata { label lowShare highShare items meanA meanB lowA highA lowB highB }\n        items {\n          a b difference regionShare\n          item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n          predictionsA { runId seed dice predictionUrl }\n          predictionsB { runId seed dice predictionUrl }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ArmScoreFields on ArmScore { arm mean sd seeds items perSeed { seed mean runId } }\n"): (typeof documents)["\n  fragment ArmScoreFields on ArmScore { arm mean sd seeds items perSeed { seed mean runId } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportProgress($id: UUID!) { import(id: $id) { ...ImportFields } }\n"): (typeof documents)["\n  query ImportProgress($id: UUID!) { import(id: $id) { ...ImportFields } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelImport($id: UUID!) { cancelImport(id: $id) { ...ImportFields } }\n"): (typeof documents)["\n  mutation CancelImport($id: UUID!) { cancelImport(id: $id) { ...ImportFields } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportProblems($id: UUID!, $after: String) {\n    import(id: $id) {\n      id\n      problems(first: 50, after: $after) {\n        totalCount\n        pageInfo { hasNextPage endCursor }\n        edges { node { path code message } }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ImportProblems($id: UUID!, $after: String) {\n    import(id: $id) {\n      id\n      problems(first: 50, after: $after) {\n        totalCount\n        pageInfo { hasNextPage endCursor }\n        edges { node { path code message } }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateSplit($input: CreateSplitInput!) { createSplit(input: $input) { id } }\n"): (typeof documents)["\n  mutation CreateSplit($input: CreateSplitInput!) { createSplit(input: $input) { id } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dataset($id: UUID!) {\n    dataset(id: $id) {\n      id name modality createdAt itemCount subjectCount subjectsKnown\n      project { id name }\n      labelVersions { id number rule note items classes contentHash chainHash createdAt parent { id number } }\n      splits { id name rule subjectsKnown contentHash createdAt trainItems validationItems testItems }\n      imports { ...ImportFields }\n    }\n  }\n"): (typeof documents)["\n  query Dataset($id: UUID!) {\n    dataset(id: $id) {\n      id name modality createdAt itemCount subjectCount subjectsKnown\n      project { id name }\n      labelVersions { id number rule note items classes contentHash chainHash createdAt parent { id number } }\n      splits { id name rule subjectsKnown contentHash createdAt trainItems validationItems testItems }\n      imports { ...ImportFields }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ImportFields on Import {\n    id state layout reader total done added duplicates refused error createdAt finishedAt reportUrl\n    labelVersion { id number }\n    split { id name }\n  }\n"): (typeof documents)["\n  fragment ImportFields on Import {\n    id state layout reader total done added duplicates refused error createdAt finishedAt reportUrl\n    labelVersion { id number }\n    split { id name }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DatasetItems($id: UUID!, $labelVersionId: UUID!, $withLabels: Boolean!, $splitId: UUID, $fold: Fold, $after: String) {\n    dataset(id: $id) {\n      id\n      items(first: 48, after: $after, splitId: $splitId, fold: $fold) {\n        totalCount\n        pageInfo { hasNextPage endCursor }\n        edges {\n          node {\n            id name width height subject subjectKnown site spacingMm spacingYMm imageUrl thumbnailUrl\n            label(labelVersionId: $labelVersionId) @include(if: $withLabels) { annotationId reader maskUrl regionPixels regionShare components }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DatasetItems($id: UUID!, $labelVersionId: UUID!, $withLabels: Boolean!, $splitId: UUID, $fold: Fold, $after: String) {\n    dataset(id: $id) {\n      id\n      items(first: 48, after: $after, splitId: $splitId, fold: $fold) {\n        totalCount\n        pageInfo { hasNextPage endCursor }\n        edges {\n          node {\n            id name width height subject subjectKnown site spacingMm spacingYMm imageUrl thumbnailUrl\n            label(labelVersionId: $labelVersionId) @include(if: $withLabels) { annotationId reader maskUrl regionPixels regionShare components }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegionSizes($id: UUID!) {\n    labelVersion(id: $id) { id number items regionSizes { edges counts items empty } }\n  }\n"): (typeof documents)["\n  query RegionSizes($id: UUID!) {\n    labelVersion(id: $id) { id number items regionSizes { edges counts items empty } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Datasets($after: String) {\n    datasets(first: 50, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id name modality createdAt itemCount subjectCount subjectsKnown project { id name } labelVersions { id number } } }\n    }\n  }\n"): (typeof documents)["\n  query Datasets($after: String) {\n    datasets(first: 50, after: $after) {\n      totalCount\n      pageInfo { hasNextPage endCursor }\n      edges { node { id name modality createdAt itemCount subjectCount subjectsKnown project { id name } labelVersions { id number } } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Projects { projects { id name } }\n"): (typeof documents)["\n  query Projects { projects { id name } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateDataset($input: CreateDatasetInput!) { createDataset(input: $input) { id } }\n"): (typeof documents)["\n  mutation CreateDataset($input: CreateDatasetInput!) { createDataset(input: $input) { id } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExperimentAnswer($id: UUID!, $armA: String!, $armB: String!) {\n    experiment(id: $id) {\n      id\n      comparison(armA: $armA, armB: $armB, fold: TEST) {\n        fold convention\n        labelVersion { id number }\n        difference { estimate low high level seeds items verdict reason detectable }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ExperimentAnswer($id: UUID!, $armA: String!, $armB: String!) {\n    experiment(id: $id) {\n      id\n      comparison(armA: $armA, armB: $armB, fold: TEST) {\n        fold convention\n        labelVersion { id number }\n        difference { estimate low high level seeds items verdict reason detectable }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DefaultConfiguration { defaultConfiguration }\n"): (typeof documents)["\n  query DefaultConfiguration { defaultConfiguration }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunRow on Run {\n    id name arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt configuration\n    worker { id name }\n    series { name lastStep lastValue }\n    evaluation(fold: TEST) { id items meanDice scoring }\n  }\n"): (typeof documents)["\n  fragment RunRow on Run {\n    id name arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt configuration\n    worker { id name }\n    series { name lastStep lastValue }\n    evaluation(fold: TEST) { id items meanDice scoring }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ArmSummaryFields on ArmSummary {\n    arm seeds mean sd\n    runStates { queued running succeeded failed cancelled }\n  }\n"): (typeof documents)["\n  fragment ArmSummaryFields on ArmSummary {\n    arm seeds mean sd\n    runStates { queued running succeeded failed cancelled }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Experiment($id: UUID!) {\n    experiment(id: $id) {\n      id name question base seeds equivalenceMargin createdAt createdBy\n      project { id name }\n      dataset { id name subjectsKnown itemCount }\n      labelVersion { id number items }\n      split { id name trainItems validationItems testItems subjectsKnown }\n      arms { name changes }\n      armSummaries { ...ArmSummaryFields }\n      runs { ...RunRow }\n    }\n  }\n"): (typeof documents)["\n  query Experiment($id: UUID!) {\n    experiment(id: $id) {\n      id name question base seeds equivalenceMargin createdAt createdBy\n      project { id name }\n      dataset { id name subjectsKnown itemCount }\n      labelVersion { id number items }\n      split { id name trainItems validationItems testItems subjectsKnown }\n      arms { name changes }\n      armSummaries { ...ArmSummaryFields }\n      runs { ...RunRow }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExperimentPoints($id: UUID!, $series: [String!]) {\n    experiment(id: $id) {\n      id\n      runs { id arm seed points(series: $series, maxPoints: 500) { series steps values } }\n    }\n  }\n"): (typeof documents)["\n  query ExperimentPoints($id: UUID!, $series: [String!]) {\n    experiment(id: $id) {\n      id\n      runs { id arm seed points(series: $series, maxPoints: 500) { series steps values } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ExperimentUpdates($id: UUID!) {\n    experimentUpdates(experimentId: $id) {\n      experiment { id armSummaries { ...ArmSummaryFields } }\n      runs { ...RunRow }\n      points { runId series steps values }\n    }\n  }\n"): (typeof documents)["\n  subscription ExperimentUpdates($id: UUID!) {\n    experimentUpdates(experimentId: $id) {\n      experiment { id armSummaries { ...ArmSummaryFields } }\n      runs { ...RunRow }\n      points { runId series steps values }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelRun($id: UUID!) { cancelRun(id: $id) { id state cancelRequested phase } }\n"): (typeof documents)["\n  mutation CancelRun($id: UUID!) { cancelRun(id: $id) { id state cancelRequested phase } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RequeueRun($id: UUID!) { requeueRun(id: $id) { id state cancelRequested phase error } }\n"): (typeof documents)["\n  mutation RequeueRun($id: UUID!) { requeueRun(id: $id) { id state cancelRequested phase error } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Experiments($first: Int!) {\n    experiments(first: $first) {\n      totalCount\n      pageInfo { hasNextPage }\n      edges {\n        node {\n          id name question createdAt seeds\n          project { id name }\n          dataset { id name }\n          labelVersion { id number }\n          arms { name }\n          armSummaries { arm seeds mean sd runStates { queued running succeeded failed cancelled } }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Experiments($first: Int!) {\n    experiments(first: $first) {\n      totalCount\n      pageInfo { hasNextPage }\n      edges {\n        node {\n          id name question createdAt seeds\n          project { id name }\n          dataset { id name }\n          labelVersion { id number }\n          arms { name }\n          armSummaries { arm seeds mean sd runStates { queued running succeeded failed cancelled } }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FirstSteps {\n    datasets(first: 50) { edges { node { id name labelVersions { id } splits { id } } } }\n    workers { id alive }\n  }\n"): (typeof documents)["\n  query FirstSteps {\n    datasets(first: 50) { edges { node { id name labelVersions { id } splits { id } } } }\n    workers { id alive }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartImport($input: StartImportInput!) { startImport(input: $input) { ...ImportFields } }\n"): (typeof documents)["\n  mutation StartImport($input: StartImportInput!) { startImport(input: $input) { ...ImportFields } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GuessImportLayout($paths: [String!]!) { guessImportLayout(paths: $paths) }\n"): (typeof documents)["\n  query GuessImportLayout($paths: [String!]!) { guessImportLayout(paths: $paths) }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewExperimentForm {\n    defaultConfiguration\n    projects { id name }\n    datasets(first: 100) {\n      edges {\n        node {\n          id name itemCount subjectsKnown project { id name }\n          labelVersions { id number rule items }\n          splits { id name trainItems validationItems testItems subjectsKnown }\n        }\n      }\n    }\n    runs(first: 100) {\n      edges { node { id name source arm seed state step startedAt finishedAt configuration experiment { id name } } }\n    }\n  }\n"): (typeof documents)["\n  query NewExperimentForm {\n    defaultConfiguration\n    projects { id name }\n    datasets(first: 100) {\n      edges {\n        node {\n          id name itemCount subjectsKnown project { id name }\n          labelVersions { id number rule items }\n          splits { id name trainItems validationItems testItems subjectsKnown }\n        }\n      }\n    }\n    runs(first: 100) {\n      edges { node { id name source arm seed state step startedAt finishedAt configuration experiment { id name } } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConfigurationProblems($configuration: JSONObject!) {\n    configurationProblems(configuration: $configuration) { field expected got fix }\n  }\n"): (typeof documents)["\n  query ConfigurationProblems($configuration: JSONObject!) {\n    configurationProblems(configuration: $configuration) { field expected got fix }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateExperiment($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }\n"): (typeof documents)["\n  mutation CreateExperiment($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Run($id: UUID!) {\n    run(id: $id) {\n      ...RunLive\n      name source configuration codeCommit createdAt\n      experiment { id name arms { name } }\n      dataset { id name }\n      labelVersion { id number classes }\n      split { id name validationItems testItems subjectsKnown }\n      startingRun { id name arm seed experiment { id name } }\n      points(maxPoints: 800) { series steps values }\n      samples { ...SampleFields }\n    }\n  }\n"): (typeof documents)["\n  query Run($id: UUID!) {\n    run(id: $id) {\n      ...RunLive\n      name source configuration codeCommit createdAt\n      experiment { id name arms { name } }\n      dataset { id name }\n      labelVersion { id number classes }\n      split { id name validationItems testItems subjectsKnown }\n      startingRun { id name arm seed experiment { id name } }\n      points(maxPoints: 800) { series steps values }\n      samples { ...SampleFields }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunTestScore($id: UUID!) {\n    run(id: $id) { id evaluation(fold: TEST) { id meanDice items } }\n  }\n"): (typeof documents)["\n  query RunTestScore($id: UUID!) {\n    run(id: $id) { id evaluation(fold: TEST) { id meanDice items } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunLive on Run {\n    id arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt\n    worker { id name device }\n    series { name lastStep lastValue }\n    checkpoints { kind step epoch validationDice createdAt }\n    attempts { attempt resumedStep startedAt endedAt outcome error worker { id name } }\n  }\n"): (typeof documents)["\n  fragment RunLive on Run {\n    id arm seed state attempt phase step totalSteps error cancelRequested startedAt finishedAt\n    worker { id name device }\n    series { name lastStep lastValue }\n    checkpoints { kind step epoch validationDice createdAt }\n    attempts { attempt resumedStep startedAt endedAt outcome error worker { id name } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SampleFields on RunSample {\n    epoch step dice predictionUrl\n    item { id name width height imageUrl thumbnailUrl }\n  }\n"): (typeof documents)["\n  fragment SampleFields on RunSample {\n    epoch step dice predictionUrl\n    item { id name width height imageUrl thumbnailUrl }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunUpdates($id: UUID!) {\n    runUpdates(runId: $id) {\n      run { ...RunLive }\n      points { series steps values }\n      samples { ...SampleFields }\n    }\n  }\n"): (typeof documents)["\n  subscription RunUpdates($id: UUID!) {\n    runUpdates(runId: $id) {\n      run { ...RunLive }\n      points { series steps values }\n      samples { ...SampleFields }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SampleTruth($id: UUID!, $labelVersionId: UUID!) {\n    run(id: $id) { id samples { item { id label(labelVersionId: $labelVersionId) { annotationId maskUrl } } } }\n  }\n"): (typeof documents)["\n  query SampleTruth($id: UUID!, $labelVersionId: UUID!) {\n    run(id: $id) { id samples { item { id label(labelVersionId: $labelVersionId) { annotationId maskUrl } } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunLogs($id: UUID!, $first: Int!) {\n    run(id: $id) {\n      id\n      logs(first: $first) {\n        totalCount\n        pageInfo { hasNextPage }\n        edges { node { attempt level message loggedAt } }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunLogs($id: UUID!, $first: Int!) {\n    run(id: $id) {\n      id\n      logs(first: $first) {\n        totalCount\n        pageInfo { hasNextPage }\n        edges { node { attempt level message loggedAt } }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunEvaluation($id: UUID!, $fold: Fold!, $order: ScoreOrder!, $after: String, $labelVersionId: UUID!) {\n    run(id: $id) {\n      id\n      evaluation(fold: $fold) {\n        id fold scoring checkpointStep size threshold convention items meanDice medianDice createdAt\n        labelVersion { id number classes }\n        itemScores(first: 24, after: $after, order: $order) {\n          totalCount\n          pageInfo { hasNextPage endCursor }\n          edges {\n            node {\n              classIndex truePositives falsePositives falseNegatives dice truthComponents predictedComponents regionShare predictionUrl\n              item { id name width height thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RunEvaluation($id: UUID!, $fold: Fold!, $order: ScoreOrder!, $after: String, $labelVersionId: UUID!) {\n    run(id: $id) {\n      id\n      evaluation(fold: $fold) {\n        id fold scoring checkpointStep size threshold convention items meanDice medianDice createdAt\n        labelVersion { id number classes }\n        itemScores(first: 24, after: $after, order: $order) {\n          totalCount\n          pageInfo { hasNextPage endCursor }\n          edges {\n            node {\n              classIndex truePositives falsePositives falseNegatives dice truthComponents predictedComponents regionShare predictionUrl\n              item { id name width height thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Runs($state: RunState, $first: Int!) {\n    runs(first: $first, state: $state) {\n      totalCount\n      pageInfo { hasNextPage }\n      edges {\n        node {\n          id name source arm seed state phase step totalSteps createdAt cancelRequested\n          experiment { id name }\n          worker { id name }\n          series { name lastStep lastValue }\n          labelVersion { id number }\n          evaluation(fold: TEST) { id items meanDice }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Runs($state: RunState, $first: Int!) {\n    runs(first: $first, state: $state) {\n      totalCount\n      pageInfo { hasNextPage }\n      edges {\n        node {\n          id name source arm seed state phase step totalSteps createdAt cancelRequested\n          experiment { id name }\n          worker { id name }\n          series { name lastStep lastValue }\n          labelVersion { id number }\n          evaluation(fold: TEST) { id items meanDice }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScoredGallery(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $labelVersionId: UUID!\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...GalleryFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...GalleryFields }\n  }\n"): (typeof documents)["\n  query ScoredGallery(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $labelVersionId: UUID!\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...GalleryFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...GalleryFields }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GalleryFields on ScoredSet {\n    contiguity(classIndex: $classIndex) {\n      gallery {\n        itemId arm seed runId pieces truthPieces holes largestShare dice predictionUrl\n        item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment GalleryFields on ScoredSet {\n    contiguity(classIndex: $classIndex) {\n      gallery {\n        itemId arm seed runId pieces truthPieces holes largestShare dice predictionUrl\n        item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScoredItem(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int\n    $labelVersionId: UUID!, $itemId: UUID!\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ScoredItemFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ScoredItemFields }\n  }\n"): (typeof documents)["\n  query ScoredItem(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int\n    $labelVersionId: UUID!, $itemId: UUID!\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ScoredItemFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ScoredItemFields }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ScoredItemFields on ScoredSet {\n    item(itemId: $itemId, classIndex: $classIndex) {\n      item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n      predictions { arm runId seed dice predictionUrl }\n    }\n  }\n"): (typeof documents)["\n  fragment ScoredItemFields on ScoredSet {\n    item(itemId: $itemId, classIndex: $classIndex) {\n      item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }\n      predictions { arm runId seed dice predictionUrl }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ScoredSetHead on ScoredSet {\n    fold size items classes\n    labelVersion { id number }\n    arms { arm seeds runIds thresholds }\n    measuring { ...MeasuringFields }\n  }\n"): (typeof documents)["\n  fragment ScoredSetHead on ScoredSet {\n    fold size items classes\n    labelVersion { id number }\n    arms { arm seeds runIds thresholds }\n    measuring { ...MeasuringFields }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MeasuringFields on MeasuringProgress { done total failed error }\n"): (typeof documents)["\n  fragment MeasuringFields on MeasuringProgress { done total failed error }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScoredMeasuring($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) {\n      id\n      scoredSet(fold: $fold) { measuring { ...MeasuringFields } }\n    }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { measuring { ...MeasuringFields } }\n  }\n"): (typeof documents)["\n  query ScoredMeasuring($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) {\n      id\n      scoredSet(fold: $fold) { measuring { ...MeasuringFields } }\n    }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { measuring { ...MeasuringFields } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScoredMetrics(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $reference: String\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...MetricsFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...MetricsFields }\n  }\n"): (typeof documents)["\n  query ScoredMetrics(\n    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $reference: String\n  ) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...MetricsFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...MetricsFields }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MetricsFields on ScoredSet {\n    ...ScoredSetHead\n    metrics(reference: $reference, classIndex: $classIndex) {\n      reference\n      metrics { name label unit higherIsBetter convention }\n      rows {\n        arm\n        cells {\n          metric mean sd low high seeds items undefinedItems\n          difference { estimate low high level seeds items verdict reason detectable }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment MetricsFields on ScoredSet {\n    ...ScoredSetHead\n    metrics(reference: $reference, classIndex: $classIndex) {\n      reference\n      metrics { name label unit higherIsBetter convention }\n      rows {\n        arm\n        cells {\n          metric mean sd low high seeds items undefinedItems\n          difference { estimate low high level seeds items verdict reason detectable }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScoredLedger($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $threshold: Float) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...LedgerFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...LedgerFields }\n  }\n"): (typeof documents)["\n  query ScoredLedger($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $threshold: Float) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...LedgerFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...LedgerFields }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LedgerFields on ScoredSet {\n    ...ScoredSetHead\n    ledger(threshold: $threshold) {\n      threshold thresholdsMissing\n      rows {\n        name key convention aggregation background bothEmpty order\n        arms { arm mean sd low high seeds items undefinedItems }\n      }\n      swaps { convention key armX armY reference difference }\n      spread { arm low high lowConvention highConvention }\n      thresholds { arm thresholds mean low high }\n    }\n  }\n"): (typeof documents)["\n  fragment LedgerFields on ScoredSet {\n    ...ScoredSetHead\n    ledger(threshold: $threshold) {\n      threshold thresholdsMissing\n      rows {\n        name key convention aggregation background bothEmpty order\n        arms { arm mean sd low high seeds items undefinedItems }\n      }\n      swaps { convention key armX armY reference difference }\n      spread { arm low high lowConvention highConvention }\n      thresholds { arm thresholds mean low high }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScoredSizes($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...SizesFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...SizesFields }\n  }\n"): (typeof documents)["\n  query ScoredSizes($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...SizesFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...SizesFields }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SizesFields on ScoredSet {\n    ...ScoredSetHead\n    regionSizes(classIndex: $classIndex) {\n      withoutRegion convention\n      points {\n        itemId itemName regionShare pixels oneShift twoShift threeShift readerDice\n        scores { arm dice equivalentError atLeast }\n      }\n      arms { arm equivalentError low high seeds items atLeast }\n      strata {\n        label lowShare highShare items onePixelDice readerDice readers\n        arms { arm dice low high equivalentError errorLow errorHigh }\n      }\n    }\n    droppedPixels(classIndex: $classIndex) { placement stratum share dice hd95 assd nsd items convention }\n  }\n"): (typeof documents)["\n  fragment SizesFields on ScoredSet {\n    ...ScoredSetHead\n    regionSizes(classIndex: $classIndex) {\n      withoutRegion convention\n      points {\n        itemId itemName regionShare pixels oneShift twoShift threeShift readerDice\n        scores { arm dice equivalentError atLeast }\n      }\n      arms { arm equivalentError low high seeds items atLeast }\n      strata {\n        label lowShare highShare items onePixelDice readerDice readers\n        arms { arm dice low high equivalentError errorLow errorHigh }\n      }\n    }\n    droppedPixels(classIndex: $classIndex) { placement stratum share dice hd95 assd nsd items convention }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScoredContiguity($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ContiguityFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ContiguityFields }\n  }\n"): (typeof documents)["\n  query ScoredContiguity($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {\n    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ContiguityFields } }\n    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ContiguityFields }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ContiguityFields on ScoredSet {\n    ...ScoredSetHead\n    contiguity(classIndex: $classIndex) {\n      convention\n      arms { arm seeds items pieces truthPieces holes specks falsePieces largestShare dice }\n      postProcessing {\n        arm\n        choice { keep minPixels fillHoles text }\n        before { dice pieces holes largestShare }\n        after { dice pieces holes largestShare }\n        difference { estimate low high level seeds items verdict reason detectable }\n        candidates { text validationDice }\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment ContiguityFields on ScoredSet {\n    ...ScoredSetHead\n    contiguity(classIndex: $classIndex) {\n      convention\n      arms { arm seeds items pieces truthPieces holes specks falsePieces largestShare dice }\n      postProcessing {\n        arm\n        choice { keep minPixels fillHoles text }\n        before { dice pieces holes largestShare }\n        after { dice pieces holes largestShare }\n        difference { estimate low high level seeds items verdict reason detectable }\n        candidates { text validationDice }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    me { userId name email teamId teamName role }\n  }\n"): (typeof documents)["\n  query Viewer {\n    me { userId name email teamId teamName role }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Team {\n    members { userId name email role createdAt }\n    apiTokens { id name role createdAt expiresAt lastUsedAt revokedAt }\n  }\n"): (typeof documents)["\n  query Team {\n    members { userId name email role createdAt }\n    apiTokens { id name role createdAt expiresAt lastUsedAt revokedAt }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Invitations { invitations { id email role createdAt expiresAt acceptedAt } }\n"): (typeof documents)["\n  query Invitations { invitations { id email role createdAt expiresAt acceptedAt } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetMemberRole($userId: UUID!, $role: Role!) { setMemberRole(userId: $userId, role: $role) { userId role } }\n"): (typeof documents)["\n  mutation SetMemberRole($userId: UUID!, $role: Role!) { setMemberRole(userId: $userId, role: $role) { userId role } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveMember($userId: UUID!) { removeMember(userId: $userId) }\n"): (typeof documents)["\n  mutation RemoveMember($userId: UUID!) { removeMember(userId: $userId) }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InviteMember($input: InviteMemberInput!) { inviteMember(input: $input) { token invitation { id } } }\n"): (typeof documents)["\n  mutation InviteMember($input: InviteMemberInput!) { inviteMember(input: $input) { token invitation { id } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateApiToken($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id } } }\n"): (typeof documents)["\n  mutation CreateApiToken($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id } } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeApiToken($id: UUID!) { revokeApiToken(id: $id) { id revokedAt } }\n"): (typeof documents)["\n  mutation RevokeApiToken($id: UUID!) { revokeApiToken(id: $id) { id revokedAt } }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Workers {\n    workers { id name device version startedAt seenAt alive currentRuns { id name arm seed step totalSteps } }\n  }\n"): (typeof documents)["\n  query Workers {\n    workers { id name device version startedAt seenAt alive currentRuns { id name arm seed step totalSteps } }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;