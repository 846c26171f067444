import { graphql } from "@/gql";

export const ReportSetsQuery = graphql(`
  query ReportSets($id: UUID!) {
    dataset(id: $id) {
      id
      labelVersions { id number rule schema { id task classes exclusive } }
      reportSets { id reader reports labelled createdAt tableUrl schema { id classes } }
    }
  }
`);

export const AuditQuery = graphql(`
  query ReportAudit($id: UUID!, $labelVersionId: UUID!) {
    reportSet(id: $id) {
      id
      audit(labelVersionId: $labelVersionId) {
        classIndex finding counts items
        sensitivity { ...CountedShareFields }
        specificity { ...CountedShareFields }
        precision { ...CountedShareFields }
      }
    }
  }
  fragment CountedShareFields on CountedShare { hits of share low high }
`);

export const TextsQuery = graphql(`
  query ReportTexts($id: UUID!, $first: Int!, $labelVersionId: UUID, $classIndex: Int, $verdict: ReportVerdict, $label: Int) {
    reportSet(id: $id) {
      id
      texts(first: $first, labelVersionId: $labelVersionId, classIndex: $classIndex, verdict: $verdict, label: $label) {
        totalCount
        pageInfo { hasNextPage }
        edges {
          node {
            report handLabel
            item { id name }
            findings { finding classIndex verdict evidence { start end verdict cueStart cueEnd section } }
          }
        }
      }
    }
  }
`);

export const LabelReports = graphql(`
  mutation LabelReports($input: LabelReportsInput!) { labelReports(input: $input) { id } }
`);
