import { graphql } from "@/gql";

export const ReviewQuery = graphql(`
  query Review($id: UUID!) {
    dataset(id: $id) {
      id itemCount itemKind
      labelSchemas { id task classes exclusive }
      readers { name items schemaId adjudicates }
      labelVersions { id number schema { id } }
      labelJobs { id state error labelVersion { id number } }
      reviewQueues {
        purpose open checking done skipped
        schema { id task classes exclusive }
        reviewers { userId name open done skipped lastHour }
      }
    }
  }
`);

export const ReviewTasksQuery = graphql(`
  query ReviewTasks($id: UUID!, $first: Int!, $state: ReviewState) {
    dataset(id: $id) {
      id
      reviewTasks(first: $first, state: $state) {
        totalCount
        pageInfo { hasNextPage }
        edges { node { id purpose state priority note reason assignedTo holder item { id name thumbnailUrl } schema { id task classes } } }
      }
    }
  }
`);

export const ReviewEventsQuery = graphql(`
  query ReviewEvents($id: UUID!, $first: Int!) {
    dataset(id: $id) {
      id
      reviewEvents(first: $first) {
        totalCount
        pageInfo { hasNextPage }
        edges { cursor node { kind by detail createdAt task { id purpose item { id name } } } }
      }
    }
  }
`);

export const ReviewMembersQuery = graphql(`
  query ReviewMembers { members { userId name role } }
`);

export const CreateReviewTasks = graphql(`
  mutation CreateReviewTasks($input: CreateReviewTasksInput!) { createReviewTasks(input: $input) }
`);

export const CreateLabelSchema = graphql(`
  mutation CreateLabelSchema($input: CreateLabelSchemaInput!) { createLabelSchema(input: $input) { id task classes exclusive } }
`);

export const AssignReviewTasks = graphql(`
  mutation AssignReviewTasks($ids: [UUID!]!, $userId: UUID) { assignReviewTasks(ids: $ids, userId: $userId) }
`);

export const WithdrawReviewTasks = graphql(`
  mutation WithdrawReviewTasks($ids: [UUID!]!) { withdrawReviewTasks(ids: $ids) }
`);

export const MakeAgreedVersion = graphql(`
  mutation MakeAgreedVersion($input: CreateLabelVersionInput!) { createLabelVersion(input: $input) { id state } }
`);
