import { graphql } from "@/gql";

export const LabelsQuery = graphql(`
  query Labels($id: UUID!) {
    dataset(id: $id) {
      id
      readers { name kind items schemaId }
      labelJobs { ...LabelJobFields }
      labelVersions {
        id number rule note items classes contentHash chainHash createdAt
        schema { id task classes exclusive }
        parent { id number }
        madeFrom { id number }
        result {
          withoutLabel ties
          noise { labels drawn changed effectiveRate expectedRate dice }
          models { className prevalence converged readers { reader opinions rates items } }
          readers { reader items dice sensitivity precision }
        }
      }
    }
  }
`);

export const NoiseReadersQuery = graphql(`
  query NoiseReaders($id: UUID!) { dataset(id: $id) { id readers { name kind items schemaId adjudicates } } }
`);

export const TrueNoiseLedgerQuery = graphql(`
  query TrueNoiseLedger($id: UUID!) {
    labelVersion(id: $id) {
      id
      trueNoiseLedger {
        clean { id number }
        models askedRate expectedRate items corrupted effectiveRate
        classes { name labels changed effectiveRate }
        masks { total measured dice areaChange }
      }
    }
  }
`);

export const LabelJobFields = graphql(`
  fragment LabelJobFields on LabelJob {
    id kind state total done error createdAt labelVersion { id number }
  }
`);

export const CreateLabelVersion = graphql(`
  mutation CreateLabelVersion($input: CreateLabelVersionInput!) { createLabelVersion(input: $input) { ...LabelJobFields } }
`);

export const CancelLabelJob = graphql(`
  mutation CancelLabelJob($id: UUID!) { cancelLabelJob(id: $id) { ...LabelJobFields } }
`);

export const CompareReaders = graphql(`
  mutation CompareReaders($schemaId: UUID!) { compareReaders(schemaId: $schemaId) { ...LabelJobFields } }
`);

export const CompareVersions = graphql(`
  mutation CompareVersions($a: UUID!, $b: UUID!) { compareLabelVersions(a: $a, b: $b) { ...LabelJobFields } }
`);

export const DiffQuery = graphql(`
  query LabelDiff($a: UUID!, $b: UUID!) {
    labelVersionDiff(a: $a, b: $b) {
      added removed changed same
      classChanges { classIndex before after items }
      maskChanges { total measured dice areaChange }
    }
  }
`);

export const ChangedItemsQuery = graphql(`
  query ChangedItems($a: UUID!, $b: UUID!, $first: Int!, $classChange: ChangeFilter) {
    labelVersionDiff(a: $a, b: $b) {
      items(first: $first, classChange: $classChange) {
        totalCount
        pageInfo { hasNextPage }
        edges {
          node {
            change
            item { id name width height thumbnailUrl imageUrl }
            before { annotationId reader maskUrl classValues regionShare }
            after { annotationId reader maskUrl classValues regionShare }
            masks { classIndex dice areaChange hd95 }
          }
        }
      }
    }
  }
`);

export const AgreementQuery = graphql(`
  query Agreement($id: UUID!, $schemaId: UUID!, $ordered: Boolean!) {
    dataset(id: $id) {
      id
      agreement(schemaId: $schemaId, ordered: $ordered) {
        maskPairs measuredPairs
        readers { reader opinions mean }
        overall { ...ClassAgreementFields }
        classes { ...ClassAgreementFields }
        masks { a b classIndex items dice low high hd95 bothEmpty oneEmpty }
      }
    }
  }
`);

export const ClassAgreementFields = graphql(`
  fragment ClassAgreementFields on ClassAgreement {
    className
    fleiss { value low high items }
    alpha { value low high items }
    ordinalAlpha { value low high items }
    pairs { a b table kappa { value low high items } linear { value low high items } quadratic { value low high items } }
  }
`);

export const DisagreementsQuery = graphql(`
  query Disagreements($id: UUID!, $schemaId: UUID!, $first: Int!) {
    dataset(id: $id) {
      id
      disagreements(schemaId: $schemaId, first: $first) {
        totalCount
        pageInfo { hasNextPage }
        edges { node { share item { id name width height thumbnailUrl imageUrl } opinions { id reader readerKind maskUrl classValues regionPixels } } }
      }
    }
  }
`);
