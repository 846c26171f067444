/**
 * @file The one choke point: every request passes here before any route, and none passes without a caller.
 *
 * What is public is listed here by method and exact path; a new route is closed until somebody adds it to the list.
 */
import { DomainError } from "@tessera/domain/errors";
import type { Database } from "@tessera/store/database";
import type { NextFunction, Request, Response } from "express";
import { authenticate, type Caller, credentialOf } from "../auth/caller.ts";
import { checkSameOrigin } from "../auth/sameOrigin.ts";

export const publicRoutes: ReadonlySet<string> = new Set([
  "GET /healthz",
  "HEAD /healthz",
  "POST /auth/sign-in",
  "POST /auth/sign-out",
  "POST /auth/accept-invitation",
]);

const readOnly: ReadonlySet<string> = new Set(["GET", "HEAD"]);

export function gate(db: Database, allowedOrigins: readonly string[]) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const isPublic = publicRoutes.has(`${request.method} ${request.path}`);
    const credential = credentialOf(request.headers);
    if (!readOnly.has(request.method) && (isPublic || credential?.kind === "session")) {
      checkSameOrigin(request.headers, allowedOrigins);
    }
    if (!isPublic) response.locals.caller = await authenticate(db, credential);
    next();
  };
}

/** The caller that the gate let in. */
export function callerOf(response: Response): Caller {
  const caller: Caller | undefined = response.locals.caller;
  if (!caller) throw new DomainError("UNAUTHENTICATED", "Nobody is signed in");
  return caller;
}
