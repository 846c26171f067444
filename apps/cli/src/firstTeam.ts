/** @file The first team and its admin, made at first start; how to sign in is kept beside the data, readable by its owner only. */
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import { createApiToken } from "@tessera/store/apiTokens";
import type { Database } from "@tessera/store/database";
import { createFirstTeam } from "@tessera/store/identity";
import { hashPassword, newToken } from "@tessera/store/secrets";

export interface FirstSignIn {
  readonly teamId: string;
  readonly email: string;
  readonly password: string;
  /** An API token of the same person, for the cli itself. */
  readonly token: string;
}

const fileOf = (home: string) => join(home, "first-sign-in.json");

/** Reads how to sign in, or makes the first team when the database has none. */
export async function ensureFirstTeam(db: Database, home: string): Promise<FirstSignIn> {
  const password = process.env.TESSERA_PASSWORD ?? randomBytes(9).toString("base64url");
  const email = process.env.TESSERA_EMAIL ?? "admin@tessera.local";
  const passwordHash = await hashPassword(password);
  const made = await createFirstTeam(db, { teamName: "First team", email, name: "Admin", passwordHash });
  if (!made) return readFirstSignIn(home);

  const { token, tokenHash } = newToken();
  await db.asTeam(made.teamId, (sql) =>
    createApiToken(sql, made.teamId, {
      userId: made.userId,
      name: "tessera cli on this machine",
      role: "admin",
      tokenHash,
      expiresAt: null,
    }),
  );
  const signIn: FirstSignIn = { teamId: made.teamId, email, password, token };
  writeFileSync(fileOf(home), `${JSON.stringify(signIn, null, 2)}\n`, { mode: 0o600 });
  return signIn;
}

function readFirstSignIn(home: string): FirstSignIn {
  try {
    return JSON.parse(readFileSync(fileOf(home), "utf8")) as FirstSignIn;
  } catch (error) {
    const message =
      `The database has a team already, and ${fileOf(home)} cannot be read. ` +
      "Point TESSERA_HOME at the folder this database was first started with.";
    throw new DomainError("UNAVAILABLE", message, {}, error);
  }
}
