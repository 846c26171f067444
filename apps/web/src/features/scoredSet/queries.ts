/** @file One query per tab: each asks for the fields of that tab alone, of an experiment or of any runs. */
import { graphql } from "@/gql";

export const ScoredSetHead = graphql(`
  fragment ScoredSetHead on ScoredSet {
    fold size items classes
    labelVersion { id number }
    arms { arm seeds runIds thresholds }
    measuring { ...MeasuringFields }
  }
`);

export const MeasuringFields = graphql(`
  fragment MeasuringFields on MeasuringProgress { done total failed error }
`);

export const MeasuringQuery = graphql(`
  query ScoredMeasuring($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!) {
    experiment(id: $experimentId) @skip(if: $ofRuns) {
      id
      scoredSet(fold: $fold) { measuring { ...MeasuringFields } }
    }
    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { measuring { ...MeasuringFields } }
  }
`);

export const MetricsQuery = graphql(`
  query ScoredMetrics(
    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $reference: String
  ) {
    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...MetricsFields } }
    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...MetricsFields }
  }
`);

export const MetricsFields = graphql(`
  fragment MetricsFields on ScoredSet {
    ...ScoredSetHead
    metrics(reference: $reference, classIndex: $classIndex) {
      reference
      metrics { name label unit higherIsBetter convention }
      rows {
        arm
        cells {
          metric mean sd low high seeds items undefinedItems
          difference { estimate low high level seeds items verdict reason detectable }
        }
      }
    }
  }
`);

export const LedgerQuery = graphql(`
  query ScoredLedger($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $threshold: Float) {
    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...LedgerFields } }
    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...LedgerFields }
  }
`);

export const LedgerFields = graphql(`
  fragment LedgerFields on ScoredSet {
    ...ScoredSetHead
    ledger(threshold: $threshold) {
      threshold thresholdsMissing
      rows {
        name key convention aggregation background bothEmpty order
        arms { arm mean sd low high seeds items undefinedItems }
      }
      swaps { convention key armX armY reference difference }
      spread { arm low high lowConvention highConvention }
      thresholds { arm thresholds mean low high }
    }
  }
`);

export const SizesQuery = graphql(`
  query ScoredSizes($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {
    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...SizesFields } }
    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...SizesFields }
  }
`);

export const SizesFields = graphql(`
  fragment SizesFields on ScoredSet {
    ...ScoredSetHead
    regionSizes(classIndex: $classIndex) {
      withoutRegion convention
      points {
        itemId itemName regionShare pixels oneShift twoShift threeShift readerDice
        scores { arm dice equivalentError atLeast }
      }
      arms { arm equivalentError low high seeds items atLeast }
      strata {
        label lowShare highShare items onePixelDice readerDice readers
        arms { arm dice low high equivalentError errorLow errorHigh }
      }
    }
    droppedPixels(classIndex: $classIndex) { placement stratum share dice hd95 assd nsd items convention }
  }
`);

export const ContiguityQuery = graphql(`
  query ScoredContiguity($experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int) {
    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ContiguityFields } }
    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ContiguityFields }
  }
`);

export const ContiguityFields = graphql(`
  fragment ContiguityFields on ScoredSet {
    ...ScoredSetHead
    contiguity(classIndex: $classIndex) {
      convention
      arms { arm seeds items pieces truthPieces holes specks falsePieces largestShare dice }
      postProcessing {
        arm
        choice { keep minPixels fillHoles text }
        before { dice pieces holes largestShare }
        after { dice pieces holes largestShare }
        difference { estimate low high level seeds items verdict reason detectable }
        candidates { text validationDice }
      }
    }
  }
`);
