/** @file Signing in and out, and accepting an invitation. */
import { DomainError } from "@tessera/domain/errors";
import type { Database } from "@tessera/store/database";
import {
  acceptInvitation,
  acceptInvitationAs,
  createSession,
  deleteSession,
  sessionByToken,
  userForSignIn,
} from "@tessera/store/identity";
import { hashPassword, hashToken, newToken, verifyPassword } from "@tessera/store/secrets";
import { json, type Request, type Response, Router } from "express";
import { clearSession, sessionDays, sessionToken, setSession } from "./cookie.ts";
import { TryLimit } from "./tryLimit.ts";

const tries = 10;
const windowMs = 15 * 60_000;
const passwordLength = { least: 10, most: 200 } as const;

export function authRoutes(db: Database): Router {
  const limit = new TryLimit(tries, windowMs);
  // an unknown e-mail costs the same hash as a known one, so that the time tells nothing
  const nobody = hashPassword(newToken().token);
  const router = Router();
  router.use(json({ limit: "10kb" }));

  const open = async (request: Request, response: Response, userId: string, teamId: string) => {
    const { token, tokenHash } = newToken();
    const expiresAt = new Date(Date.now() + sessionDays * 86_400_000);
    await createSession(db, { tokenHash, userId, teamId, expiresAt });
    const session = await sessionByToken(db, tokenHash);
    setSession(request, response, token);
    response.json({ name: session?.userName, teamName: session?.teamName });
  };

  router.post("/sign-in", async (request, response) => {
    const email = text(request, "email", 1, 254).trim().toLowerCase();
    const password = text(request, "password", 1, passwordLength.most);
    const key = `${email} ${request.ip}`;
    limit.take(key);
    const user = await userForSignIn(db, email);
    const fits = await verifyPassword(user?.passwordHash ?? (await nobody), password);
    const team = user?.teams[0];
    if (!user || !fits || !team) throw new DomainError("UNAUTHENTICATED", "The e-mail or the password is wrong");
    limit.clear(key);
    await open(request, response, user.userId, team.teamId);
  });

  router.post("/sign-out", async (request, response) => {
    const token = sessionToken(request.headers.cookie);
    if (token !== null) await deleteSession(db, hashToken(token));
    clearSession(request, response);
    response.status(204).end();
  });

  router.post("/accept-invitation", async (request, response) => {
    const key = `invitation ${request.ip}`; // behind a proxy one address for all, so a success clears it
    limit.take(key);
    const tokenHash = hashToken(text(request, "token", 1, 500));
    const session = sessionToken(request.headers.cookie);
    const signedIn = session === null ? null : await sessionByToken(db, hashToken(session));
    if (signedIn) {
      const { teamId } = await acceptInvitationAs(db, { tokenHash, userId: signedIn.userId });
      limit.clear(key);
      return open(request, response, signedIn.userId, teamId);
    }
    const name = text(request, "name", 1, 200).trim();
    const password = text(request, "password", passwordLength.least, passwordLength.most);
    const passwordHash = await hashPassword(password);
    const { userId, teamId } = await acceptInvitation(db, { tokenHash, name, passwordHash });
    limit.clear(key);
    await open(request, response, userId, teamId);
  });

  return router;
}

function text(request: Request, field: string, least: number, most: number): string {
  const value: unknown = request.body?.[field];
  if (typeof value === "string" && value.length >= least && value.length <= most) return value;
  const got = typeof value === "string" ? `${value.length} characters` : value === undefined ? "nothing" : typeof value;
  throw new DomainError("BAD_INPUT", `${field}: expected text of ${least} to ${most} characters, got ${got}`, {
    field,
  });
}
