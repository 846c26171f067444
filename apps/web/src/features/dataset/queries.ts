import { graphql } from "@/gql";

export const DatasetQuery = graphql(`
  query Dataset($id: UUID!) {
    dataset(id: $id) {
      id name modality createdAt itemKind itemCount subjectCount subjectsKnown
      project { id name }
      labelVersions { id number rule note items classes schema { id task classes exclusive } contentHash chainHash createdAt parent { id number } }
      splits { id name rule subjectsKnown contentHash createdAt trainItems validationItems testItems }
      imports { ...ImportFields }
    }
  }
`);

export const ImportFields = graphql(`
  fragment ImportFields on Import {
    id state layout reader total done added duplicates refused error createdAt finishedAt reportUrl
    labelVersion { id number }
    split { id name }
  }
`);

export const ItemsQuery = graphql(`
  query DatasetItems($id: UUID!, $labelVersionId: UUID!, $withLabels: Boolean!, $splitId: UUID, $fold: Fold, $classIs: ClassFilter, $after: String) {
    dataset(id: $id) {
      id
      items(first: 48, after: $after, splitId: $splitId, fold: $fold, classIs: $classIs) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges {
          node {
            id name width height subject subjectKnown site spacingMm spacingYMm imageUrl thumbnailUrl slide { format magnification levels { width } }
            label(labelVersionId: $labelVersionId) @include(if: $withLabels) { annotationId reader maskUrl classValues regionPixels regionShare components }
          }
        }
      }
    }
  }
`);

export const RegionSizesQuery = graphql(`
  query RegionSizes($id: UUID!) {
    labelVersion(id: $id) { id number items regionSizes { edges counts items empty } }
  }
`);

export const ClassCountsQuery = graphql(`
  query ClassCounts($id: UUID!) {
    labelVersion(id: $id) { id classCounts { name present absent unknown } }
  }
`);
