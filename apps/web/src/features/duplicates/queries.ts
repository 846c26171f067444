import { graphql } from "@/gql";

export const DuplicatePairFields = graphql(`
  fragment DuplicatePairFields on DuplicatePair {
    kind bits correlation orientation firstFold secondFold labelsConflict
    first { id name width height thumbnailUrl }
    second { id name width height thumbnailUrl }
  }
`);

export const DuplicatesQuery = graphql(`
  query Duplicates($id: UUID!, $splitId: UUID, $labelVersionId: UUID, $withDatasetId: UUID, $acrossFolds: Boolean!, $conflicting: Boolean!, $after: String) {
    dataset(id: $id) {
      id
      hashing { items hashed failed }
      duplicates(
        first: 24, after: $after, splitId: $splitId, labelVersionId: $labelVersionId, withDatasetId: $withDatasetId,
        acrossFolds: $acrossFolds, conflicting: $conflicting
      ) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges { node { ...DuplicatePairFields } }
      }
    }
  }
`);

export const HashingQuery = graphql(`
  query Hashing($id: UUID!) { dataset(id: $id) { id hashing { items hashed failed } } }
`);

export const OtherDatasetsQuery = graphql(`
  query OtherDatasets { datasets(first: 200) { edges { node { id name project { id name } } } } }
`);
