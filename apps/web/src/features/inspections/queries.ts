import { graphql } from "@/gql";

export const InspectionFields = graphql(`
  fragment InspectionFields on Inspection { id state done total error createdAt finishedAt }
`);

export const InspectionProgressQuery = graphql(`
  query InspectionProgress($id: UUID!) { inspection(id: $id) { ...InspectionFields } }
`);

export const CancelInspection = graphql(`
  mutation CancelInspection($id: UUID!) { cancelInspection(id: $id) { ...InspectionFields } }
`);

export const RetryInspection = graphql(`
  mutation RetryInspection($id: UUID!) { retryInspection(id: $id) { ...InspectionFields } }
`);
