/** @file The whole GraphQL schema. Built from classes, without a database: emitSchema.ts writes it to schema.graphql. */
import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { BagOriginOfItemResolver, BagOriginResolver } from "../bags/bagOrigin.resolver.ts";
import { BagSamplingResolver } from "../bags/bagSampling.resolver.ts";
import { ClassificationEvaluationResolver } from "../classification/evaluation.resolver.ts";
import { ClassificationExperimentResolver } from "../classification/experiment.resolver.ts";
import { ItemPredictionResolver } from "../classification/itemPrediction.resolver.ts";
import { ComparisonResolver } from "../comparison/comparison.resolver.ts";
import { ItemComparisonResolver } from "../comparison/itemComparison.resolver.ts";
import { CrossValidationResolver } from "../crossValidations/crossValidation.resolver.ts";
import { DatasetResolver } from "../datasets/dataset.resolver.ts";
import { DuplicatesOfDatasetResolver } from "../duplicates/dataset.resolver.ts";
import { LeakageOfSplitResolver } from "../duplicates/split.resolver.ts";
import { EvaluationResolver } from "../evaluations/evaluation.resolver.ts";
import { EvaluationItemResolver } from "../evaluations/evaluationItem.resolver.ts";
import { FoldScoringResolver } from "../evaluations/foldScoring.resolver.ts";
import { ExperimentResolver } from "../experiments/experiment.resolver.ts";
import { ImportResolver } from "../imports/import.resolver.ts";
import { BagMemoryResolver } from "../inspections/bagMemory/bagMemory.resolver.ts";
import { FeatureReuseResolver } from "../inspections/featureReuse/featureReuse.resolver.ts";
import { FilterDepthResolver } from "../inspections/filterResponses/filterDepth.type.ts";
import { FilterResponsesResolver } from "../inspections/filterResponses/filterResponses.resolver.ts";
import { SeenImageResolver } from "../inspections/filterResponses/filterResponses.type.ts";
import { FirstLayerResolver } from "../inspections/filterResponses/firstLayer.type.ts";
import { ForgettingResolver } from "../inspections/forgetting/forgetting.resolver.ts";
import {
  HeatmapItemResolver,
  HeatmapResolver,
  HeatmapsOfInspectionResolver,
  HeatmapsResolver,
} from "../inspections/heatmaps/heatmaps.resolver.ts";
import { InspectionResolver, InspectionsOfRunResolver } from "../inspections/inspection.resolver.ts";
import {
  TileMapItemResolver,
  TileMapResolver,
  TileMapsOfInspectionResolver,
  TileMapsOfSlideResolver,
  TileMapsResolver,
} from "../inspections/tileMaps/tileMaps.resolver.ts";
import { AnnotationResolver } from "../items/annotation.resolver.ts";
import { ItemResolver } from "../items/item.resolver.ts";
import { LabelResolver } from "../items/label.resolver.ts";
import { LabelChainResolver } from "../labelChains/labelChain.resolver.ts";
import {
  LabelErrorsOfExperimentResolver,
  LabelErrorsResolver,
  SuspectLabelResolver,
} from "../labelErrors/labelErrors.resolver.ts";
import { LabelsVersusArchitectureResolver } from "../labelsVersusArchitecture/labelsVersusArchitecture.resolver.ts";
import { AgreementResolver } from "../labelVersions/agreement.resolver.ts";
import { LabelJobResolver } from "../labelVersions/labelJob.resolver.ts";
import { LabelVersionResolver } from "../labelVersions/labelVersion.resolver.ts";
import { LabelVersionDiffResolver } from "../labelVersions/labelVersionDiff.resolver.ts";
import { LayerCutResolver } from "../layerCut/layerCut.resolver.ts";
import { TestOverlapOfExperimentResolver } from "../lineage/experiment.resolver.ts";
import { LineageOfRunResolver } from "../lineage/run.resolver.ts";
import { ExperimentMemorisationResolver, RunMemorisationResolver } from "../memorisation/memorisation.resolver.ts";
import { NoiseStudyResolver } from "../noiseStudies/noiseStudy.resolver.ts";
import { PredictionScoringResolver } from "../predictionScorings/predictionScoring.resolver.ts";
import { ProjectResolver } from "../projects/project.resolver.ts";
import { RegionSetResolver, RegionSetsOfItemResolver } from "../regions/regionSet.resolver.ts";
import { ReadReportResolver, ReportSetResolver, ReportsOfDatasetResolver } from "../reports/reports.resolver.ts";
import { ReviewEventResolver } from "../review/reviewEvent.resolver.ts";
import { ReviewMutationResolver } from "../review/reviewMutation.resolver.ts";
import { ReviewOfDatasetResolver, ReviewQueueResolver } from "../review/reviewQueue.resolver.ts";
import { ReviewTaskResolver } from "../review/reviewTask.resolver.ts";
import { SaveAnnotationResolver } from "../review/saveAnnotation.resolver.ts";
import { AttemptResolver } from "../runs/attempt.resolver.ts";
import { RunResolver } from "../runs/run.resolver.ts";
import { RunMutationResolver } from "../runs/runMutation.resolver.ts";
import { RunSampleResolver } from "../runs/runSample.resolver.ts";
import { ContiguityItemResolver } from "../scoredSets/contiguityItem.resolver.ts";
import { ItemOfSetResolver, ScoredItemResolver } from "../scoredSets/scoredItem.resolver.ts";
import { ScoredSetResolver } from "../scoredSets/scoredSet.resolver.ts";
import { SlideJobsOfDatasetResolver } from "../slides/dataset.resolver.ts";
import { SlideOfItemResolver } from "../slides/item.resolver.ts";
import { SlideJobResolver } from "../slides/slideJob.resolver.ts";
import { SlideResultResolver } from "../slides/slideResult.resolver.ts";
import { SlideRunResolver } from "../slides/slideRun.resolver.ts";
import { TileEncoderResolver } from "../slides/tileEncoder.resolver.ts";
import { SplitResolver } from "../splits/split.resolver.ts";
import { TeamResolver } from "../team/team.resolver.ts";
import { TransferStudyResolver } from "../transferStudies/transferStudy.resolver.ts";
import { UNetStudyResolver } from "../unetStudies/unetStudy.resolver.ts";
import { UpdateResolver } from "../updates/update.resolver.ts";
import { WeightsResolver } from "../weights/weights.resolver.ts";
import { SplitTilesResolver, WitnessStudyResolver } from "../witnessStudies/witnessStudy.resolver.ts";
import { WorkerResolver } from "../workers/worker.resolver.ts";
import { checkRole, refuseUnmarkedOperations } from "./needs.ts";

/** type-graphql wants one wherever there is a subscription; ours bring their own source. */
const noPubSub = {
  publish: () => undefined,
  subscribe: (): never => {
    throw new Error("Subscriptions name their source by `subscribe`, not by a topic");
  },
};

export function buildTesseraSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AgreementResolver,
      AnnotationResolver,
      AttemptResolver,
      ClassificationEvaluationResolver,
      ClassificationExperimentResolver,
      ComparisonResolver,
      ContiguityItemResolver,
      DatasetResolver,
      DuplicatesOfDatasetResolver,
      EvaluationItemResolver,
      EvaluationResolver,
      ExperimentResolver,
      BagMemoryResolver,
      BagOriginOfItemResolver,
      BagOriginResolver,
      BagSamplingResolver,
      FoldScoringResolver,
      FeatureReuseResolver,
      HeatmapItemResolver,
      HeatmapResolver,
      HeatmapsOfInspectionResolver,
      HeatmapsResolver,
      FilterResponsesResolver,
      FilterDepthResolver,
      FirstLayerResolver,
      SeenImageResolver,
      ForgettingResolver,
      ImportResolver,
      InspectionResolver,
      InspectionsOfRunResolver,
      ItemComparisonResolver,
      ItemOfSetResolver,
      ItemPredictionResolver,
      ItemResolver,
      LabelChainResolver,
      LabelErrorsOfExperimentResolver,
      LabelErrorsResolver,
      LabelJobResolver,
      LabelResolver,
      LabelVersionDiffResolver,
      LabelVersionResolver,
      LeakageOfSplitResolver,
      LineageOfRunResolver,
      LabelsVersusArchitectureResolver,
      LayerCutResolver,
      ExperimentMemorisationResolver,
      RunMemorisationResolver,
      NoiseStudyResolver,
      SplitTilesResolver,
      WitnessStudyResolver,
      PredictionScoringResolver,
      ProjectResolver,
      ReviewEventResolver,
      ReviewMutationResolver,
      ReviewOfDatasetResolver,
      ReviewQueueResolver,
      ReviewTaskResolver,
      ReadReportResolver,
      ReportSetResolver,
      RegionSetResolver,
      RegionSetsOfItemResolver,
      ReportsOfDatasetResolver,
      RunMutationResolver,
      RunResolver,
      RunSampleResolver,
      SaveAnnotationResolver,
      ScoredItemResolver,
      ScoredSetResolver,
      SlideJobResolver,
      SlideJobsOfDatasetResolver,
      SlideOfItemResolver,
      SlideResultResolver,
      TileEncoderResolver,
      SlideRunResolver,
      SplitResolver,
      SuspectLabelResolver,
      TeamResolver,
      TileMapItemResolver,
      TileMapResolver,
      TileMapsOfInspectionResolver,
      TileMapsOfSlideResolver,
      TileMapsResolver,
      TestOverlapOfExperimentResolver,
      TransferStudyResolver,
      UNetStudyResolver,
      CrossValidationResolver,
      UpdateResolver,
      WeightsResolver,
      WorkerResolver,
    ],
    authChecker: checkRole,
    pubSub: noPubSub,
    validate: false, // the domain checks values, and says expected, got and what to do
  });
  refuseUnmarkedOperations(schema);
  return schema;
}
