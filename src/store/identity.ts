/**
 * @file Who is asking: sign-in, sessions, API tokens, invitations. All of it happens before a team is known, so each
 * function is one call of one SQL function that checks what it gives out.
 */
import { DomainError } from "@tessera/domain/errors";
import type { Role } from "@tessera/domain/words";
import type { Database } from "./database.ts";

export interface Principal {
  readonly userId: string;
  readonly userName: string;
  readonly email: string;
  readonly teamId: string;
  readonly teamName: string;
  /** Of an API token: the least of the token's role and the member's. */
  readonly role: Role;
}

export interface UserForSignIn {
  readonly userId: string;
  readonly name: string;
  readonly passwordHash: string;
  /** Oldest membership first. */
  readonly teams: readonly { readonly teamId: string; readonly teamName: string; readonly role: Role }[];
}

/** The first team and its admin; null when this database already has a team. */
export async function createFirstTeam(
  db: Database,
  { teamName, email, name, passwordHash }: { teamName: string; email: string; name: string; passwordHash: string },
): Promise<{ teamId: string; userId: string } | null> {
  const [row] = await db.once(
    (sql) => sql<{ teamId: string; userId: string }[]>`
      select * from create_first_team(${teamName}, ${email}, ${name}, ${passwordHash})`,
  );
  return row ?? null;
}

export async function userForSignIn(db: Database, email: string): Promise<UserForSignIn | null> {
  const [row] = await db.once((sql) => sql<UserForSignIn[]>`select * from user_for_sign_in(${email})`);
  return row ?? null;
}

/** @throws DomainError FORBIDDEN when the user is no member of the team. */
export async function createSession(
  db: Database,
  { tokenHash, userId, teamId, expiresAt }: { tokenHash: Buffer; userId: string; teamId: string; expiresAt: Date },
): Promise<void> {
  const [row] = await db.once(
    (sql) => sql<{ done: boolean }[]>`select create_session(${tokenHash}, ${userId}, ${teamId}, ${expiresAt}) as done`,
  );
  if (!row?.done) throw new DomainError("FORBIDDEN", "This person is not a member of that team.", { teamId });
}

export async function sessionByToken(db: Database, tokenHash: Buffer): Promise<Principal | null> {
  const [row] = await db.once((sql) => sql<Principal[]>`select * from session_by_token(${tokenHash})`);
  return row ?? null;
}

export async function deleteSession(db: Database, tokenHash: Buffer): Promise<void> {
  await db.once((sql) => sql`select delete_session(${tokenHash})`);
}

/** Notes the use at most once a minute. */
export async function principalByApiToken(db: Database, tokenHash: Buffer): Promise<Principal | null> {
  const [row] = await db.once((sql) => sql<Principal[]>`select * from principal_by_api_token(${tokenHash})`);
  return row ?? null;
}

/** For a person new to this server. @throws DomainError NOT_FOUND, or CONFLICT when used, expired, or the person exists. */
export function acceptInvitation(
  db: Database,
  { tokenHash, name, passwordHash }: { tokenHash: Buffer; name: string; passwordHash: string },
): Promise<{ userId: string; teamId: string }> {
  return accept(db, tokenHash, name, passwordHash, null);
}

/** For a person who is signed in. @throws DomainError as acceptInvitation, and FORBIDDEN when it is for another person. */
export function acceptInvitationAs(
  db: Database,
  { tokenHash, userId }: { tokenHash: Buffer; userId: string },
): Promise<{ userId: string; teamId: string }> {
  return accept(db, tokenHash, null, null, userId);
}

async function accept(
  db: Database,
  tokenHash: Buffer,
  name: string | null,
  passwordHash: string | null,
  userId: string | null,
): Promise<{ userId: string; teamId: string }> {
  const [row] = await db.once(
    (sql) => sql<{ status: string; userId: string; teamId: string }[]>`
      select * from accept_invitation(${tokenHash}, ${name}, ${passwordHash}, ${userId})`,
  );
  switch (row!.status) {
    case "accepted":
      return { userId: row!.userId, teamId: row!.teamId };
    case "used":
      throw new DomainError("CONFLICT", "This invitation was already accepted. Sign in instead.");
    case "expired":
      throw new DomainError("CONFLICT", "This invitation has expired. Ask for a new one.");
    case "exists":
      throw new DomainError(
        "CONFLICT",
        "There is already an account for this address. Sign in, then open the invitation.",
      );
    case "other":
      throw new DomainError("FORBIDDEN", "This invitation is for another person's address. Sign in as that person.");
    default:
      throw new DomainError("NOT_FOUND", "No such invitation. Look at the link, or ask for a new one.");
  }
}
