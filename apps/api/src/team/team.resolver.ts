import { DomainError } from "@tessera/domain/errors";
import { type Role, roleAtLeast } from "@tessera/domain/words";
import { createApiToken, listApiTokens, revokeApiToken } from "@tessera/store/apiTokens";
import { createInvitation, listInvitations, listMembers, removeMember, setMemberRole } from "@tessera/store/members";
import { newToken } from "@tessera/store/secrets";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { RoleEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { ApiToken } from "./apiToken.type.ts";
import { ApiTokenWithSecret } from "./apiTokenWithSecret.type.ts";
import { CreateApiTokenInput } from "./createApiToken.input.ts";
import { Invitation } from "./invitation.type.ts";
import { InvitationWithToken } from "./invitationWithToken.type.ts";
import { InviteMemberInput } from "./inviteMember.input.ts";
import { Member } from "./member.type.ts";
import { Viewer } from "./viewer.type.ts";

const invitationDays = 14;

/** Who is in the team, and what may act for them. */
@Resolver()
export class TeamResolver {
  @Needs("viewer")
  @Query(() => Viewer)
  me(@Ctx() { principal }: Context) {
    return { ...principal, name: principal.userName };
  }

  @Needs("viewer")
  @Query(() => [Member])
  members(@Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => listMembers(sql, teamId));
  }

  @Needs("admin")
  @Query(() => [Invitation])
  invitations(@Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => listInvitations(sql, teamId));
  }

  @Needs("viewer")
  @Query(() => [ApiToken], { description: "Your own" })
  apiTokens(@Ctx() { asTeam, teamId, principal }: Context) {
    return asTeam((sql) => listApiTokens(sql, teamId, principal.userId));
  }

  @Needs("admin")
  @Mutation(() => InvitationWithToken)
  async inviteMember(
    @Arg("input", () => InviteMemberInput) { email, role }: InviteMemberInput,
    @Ctx() { asTeam, teamId, principal }: Context,
  ) {
    const { token, tokenHash } = newToken();
    const expiresAt = new Date(Date.now() + invitationDays * 86_400_000);
    const row = { email: checkedEmail(email), role, tokenHash, invitedBy: principal.userId, expiresAt };
    return { invitation: await asTeam((sql) => createInvitation(sql, teamId, row)), token };
  }

  @Needs("admin")
  @Mutation(() => Member, { description: "Fails with CONFLICT for the last admin" })
  setMemberRole(
    @Arg("userId", () => GraphQLUUID) userId: string,
    @Arg("role", () => RoleEnum) role: Role,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    return asTeam((sql) => setMemberRole(sql, teamId, { userId, role }));
  }

  @Needs("admin")
  @Mutation(() => Boolean, { description: "Fails with CONFLICT for the last admin" })
  async removeMember(@Arg("userId", () => GraphQLUUID) userId: string, @Ctx() { asTeam, teamId }: Context) {
    await asTeam((sql) => removeMember(sql, teamId, userId));
    return true;
  }

  @Needs("researcher")
  @Mutation(() => ApiTokenWithSecret)
  async createApiToken(
    @Arg("input", () => CreateApiTokenInput) { name, role, expiresAt }: CreateApiTokenInput,
    @Ctx() { asTeam, teamId, principal }: Context,
  ) {
    if (!roleAtLeast(principal.role, role)) {
      throw new DomainError("FORBIDDEN", `A token may do no more than you: you are ${principal.role}, not ${role}`);
    }
    const { token, tokenHash } = newToken();
    const row = { userId: principal.userId, name, role, tokenHash, expiresAt: expiresAt ?? null };
    return { apiToken: await asTeam((sql) => createApiToken(sql, teamId, row)), secret: token };
  }

  @Needs("viewer")
  @Mutation(() => ApiToken, { description: "Takes effect at once" })
  revokeApiToken(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId, principal }: Context) {
    return asTeam((sql) => revokeApiToken(sql, teamId, id, principal.userId));
  }
}

function checkedEmail(email: string): string {
  const trimmed = email.trim().toLowerCase();
  if (/^[^\s@]+@[^\s@]+$/.test(trimmed) && trimmed.length <= 254) return trimmed;
  throw new DomainError("BAD_INPUT", `email: expected name@domain, got "${email}"`, { field: "email" });
}
