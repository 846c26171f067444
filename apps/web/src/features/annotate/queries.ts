import { graphql } from "@/gql";

export const AnnotateQuery = graphql(`
  query Annotate($id: UUID!) {
    dataset(id: $id) {
      id name
      labelSchemas { id task classes exclusive }
      reviewQueues { purpose open checking done skipped schema { id } reviewers { userId done lastHour } }
    }
  }
`);

export const TakenTaskFields = graphql(`
  fragment TakenTaskFields on ReviewTask {
    id purpose state note reason
    item { id name width height imageUrl }
    opinions { id reader userId adjudicates classValues maskUrl createdAt }
  }
`);

export const TakeReviewTasks = graphql(`
  mutation TakeReviewTasks($schemaId: UUID!, $purpose: ReviewPurpose!, $count: Int!) {
    takeReviewTasks(schemaId: $schemaId, purpose: $purpose, count: $count) { ...TakenTaskFields }
  }
`);

export const GiveBackReviewTasks = graphql(`
  mutation GiveBackReviewTasks($ids: [UUID!]!) { giveBackReviewTasks(ids: $ids) }
`);

export const SaveAnnotation = graphql(`
  mutation SaveAnnotation($input: SaveAnnotationInput!) {
    saveAnnotation(input: $input) { annotation { id } check { id state } }
  }
`);

export const SkipReviewTask = graphql(`
  mutation SkipReviewTask($id: UUID!, $reason: String!) { skipReviewTask(id: $id, reason: $reason) { id state reason } }
`);

export const ReviewTaskState = graphql(`
  query ReviewTaskState($id: UUID!) { reviewTask(id: $id) { id state } }
`);

export const ReopenReviewTask = graphql(`
  mutation ReopenReviewTask($id: UUID!) { reopenReviewTask(id: $id) { ...TakenTaskFields } }
`);
