/** @file The first team and its admin, made at first start; how to sign in is kept beside the data, readable by its owner only. */
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import { createApiToken } from "@tessera/store/apiTokens";
import type { Database } from "@tessera/store/database";
import { createFirstTeam, userForSignIn } from "@tessera/store/identity";
import { hashPassword, newToken } from "@tessera/store/secrets";
import { writeWholeFile } from "./wholeFile.ts";

export interface FirstSignIn {
  readonly teamId: string;
  readonly email: string;
  readonly password: string;
  /** An API token of the same person, for the cli itself. */
  readonly token: string;
}

/** Before the team is made only the first two are known. */
type Noted = Pick<FirstSignIn, "email" | "password"> & Partial<FirstSignIn>;

const fileOf = (home: string) => join(home, "first-sign-in.json");

/** Reads how to sign in, or makes the first team when the database has none. */
export async function ensureFirstTeam(db: Database, home: string): Promise<FirstSignIn> {
  const noted = read(home);
  const { email, password } = noted ?? {
    email: process.env.TESSERA_EMAIL ?? "admin@tessera.local",
    password: process.env.TESSERA_PASSWORD ?? randomBytes(9).toString("base64url"),
  };
  // Written before the team is made: a crash between the two must not leave a team that nobody can sign in to.
  if (!noted) write(home, { email, password });
  const passwordHash = await hashPassword(password);
  const made = await createFirstTeam(db, { teamName: "First team", email, name: "Admin", passwordHash });
  if (!made && noted?.token !== undefined) return noted as FirstSignIn;

  const { userId, teamId } = made ?? (noted ? await unfinished(db, email) : refuse(home));
  const { token, tokenHash } = newToken();
  await db.asTeam(teamId, (sql) =>
    createApiToken(sql, teamId, {
      userId,
      name: "tessera cli on this machine",
      role: "admin",
      tokenHash,
      expiresAt: null,
    }),
  );
  const signIn: FirstSignIn = { teamId, email, password, token };
  write(home, signIn);
  return signIn;
}

/** The team of an earlier start that ended before it had its token. */
async function unfinished(db: Database, email: string): Promise<{ userId: string; teamId: string }> {
  const user = await userForSignIn(db, email);
  const team = user?.teams[0];
  if (!user || !team) throw new DomainError("UNAVAILABLE", `The database has a team, but nobody in it is ${email}.`);
  return { userId: user.userId, teamId: team.teamId };
}

function refuse(home: string): never {
  rmSync(fileOf(home));
  const message =
    `The database has a team already, and ${fileOf(home)} does not exist. ` +
    "Point TESSERA_HOME at the folder this database was first started with.";
  throw new DomainError("UNAVAILABLE", message);
}

/** Null where there is no file. */
function read(home: string): Noted | null {
  let text: string;
  try {
    text = readFileSync(fileOf(home), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    return JSON.parse(text) as Noted;
  } catch (error) {
    throw new DomainError("UNAVAILABLE", `${fileOf(home)} is damaged; restore it from a backup.`, {}, error);
  }
}

function write(home: string, noted: Noted): void {
  writeWholeFile(fileOf(home), `${JSON.stringify(noted, null, 2)}\n`, 0o600);
}
