import { graphql } from "@/gql";

export const TeamQuery = graphql(`
  query Team {
    members { userId name email role createdAt }
    apiTokens { id name role createdAt expiresAt lastUsedAt revokedAt }
    weights { id name source family alpha classes sha256 reportText createdAt }
  }
`);

export const InvitationsQuery = graphql(`
  query Invitations { invitations { id email role createdAt expiresAt acceptedAt } }
`);

export const SetMemberRole = graphql(`
  mutation SetMemberRole($userId: UUID!, $role: Role!) { setMemberRole(userId: $userId, role: $role) { userId role } }
`);

export const RemoveMember = graphql(`
  mutation RemoveMember($userId: UUID!) { removeMember(userId: $userId) }
`);

export const InviteMember = graphql(`
  mutation InviteMember($input: InviteMemberInput!) { inviteMember(input: $input) { token invitation { id } } }
`);

export const CreateApiToken = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id } } }
`);

export const RevokeApiToken = graphql(`
  mutation RevokeApiToken($id: UUID!) { revokeApiToken(id: $id) { id revokedAt } }
`);
