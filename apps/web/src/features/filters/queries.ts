import { graphql } from "@/gql";

export const FiltersListQuery = graphql(`
  query FiltersList($runId: UUID!) {
    run(id: $runId) {
      id
      checkpoints { kind }
      dataset { id name }
      inspections(kind: FILTER_RESPONSES) { ...InspectionFields request }
    }
  }
`);

export const AskFilters = graphql(`
  mutation AskFilters($input: InspectFiltersInput!) { inspectFilters(input: $input) { ...InspectionFields request } }
`);

export const FiltersAnswerQuery = graphql(`
  query FiltersAnswer($id: UUID!) {
    inspection(id: $id) {
      id
      filterResponses {
        size channels validationItems
        images { name pictureUrl }
        depths {
          block layer filters side shownSide pictureUrl change
          distances { low quarter middle threeQuarters high }
          shown {
            filter change distance black white
            before { mean active low high }
            after { mean active low high }
          }
        }
        layers {
          layer block filters
          images { before after }
          both { before after }
          validation { before after }
        }
        firstLayer {
          kernel side pictureUrl frequencies highFrequency highShareOfNoise
          filters { filter before after highBefore highAfter }
        }
      }
    }
  }
`);

export const DatasetsToShowQuery = graphql(`
  query DatasetsToShow { datasets(first: 50) { edges { node { id name itemCount } } } }
`);

export const ItemsToShowQuery = graphql(`
  query ItemsToShow($id: UUID!) {
    dataset(id: $id) { id items(first: 100) { totalCount edges { node { id name thumbnailUrl } } } }
  }
`);
