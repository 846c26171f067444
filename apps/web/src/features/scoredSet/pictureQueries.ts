/** @file Pictures of single items: asked for when the label version that outlines them is known. */
import { graphql } from "@/gql";

export const GalleryQuery = graphql(`
  query ScoredGallery(
    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int, $labelVersionId: UUID!
  ) {
    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...GalleryFields } }
    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...GalleryFields }
  }
`);

export const GalleryFields = graphql(`
  fragment GalleryFields on ScoredSet {
    contiguity(classIndex: $classIndex) {
      gallery {
        itemId arm seed runId pieces truthPieces holes largestShare dice predictionUrl
        item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }
      }
    }
  }
`);

export const ScoredItemQuery = graphql(`
  query ScoredItem(
    $experimentId: UUID!, $runIds: [UUID!]!, $ofRuns: Boolean!, $fold: Fold!, $classIndex: Int
    $labelVersionId: UUID!, $itemId: UUID!
  ) {
    experiment(id: $experimentId) @skip(if: $ofRuns) { id scoredSet(fold: $fold) { ...ScoredItemFields } }
    scoredSet(runIds: $runIds, fold: $fold) @include(if: $ofRuns) { ...ScoredItemFields }
  }
`);

export const ScoredItemFields = graphql(`
  fragment ScoredItemFields on ScoredSet {
    item(itemId: $itemId, classIndex: $classIndex) {
      item { id name width height imageUrl thumbnailUrl label(labelVersionId: $labelVersionId) { annotationId maskUrl } }
      predictions { arm runId seed dice predictionUrl }
    }
  }
`);
