import { graphql } from "@/gql";

export const RegionSetFields = graphql(`
  fragment RegionSetFields on RegionSet {
    id reader userId complete createdAt geoJsonUrl regions { className polygons }
  }
`);

export const RegionSetsQuery = graphql(`
  query RegionSets($id: UUID!) { item(id: $id) { id regionSets { ...RegionSetFields } } }
`);

export const SaveRegions = graphql(`
  mutation SaveRegions($input: SaveRegionsInput!) { saveRegions(input: $input) { ...RegionSetFields } }
`);

export const ImportRegions = graphql(`
  mutation ImportRegions($input: ImportRegionsInput!) { importRegions(input: $input) { ...RegionSetFields } }
`);
