/** @file Who makes a request, and by which credential; the credential is asked again on every push of a subscription. */

import type { IncomingHttpHeaders } from "node:http";
import { DomainError } from "@tessera/domain/errors";
import type { Database } from "@tessera/store/database";
import { type Principal, principalByApiToken, sessionByToken } from "@tessera/store/identity";
import { hashToken } from "@tessera/store/secrets";
import { sessionToken } from "./cookie.ts";

export interface Credential {
  readonly kind: "session" | "apiToken";
  readonly tokenHash: Buffer;
}

export interface Caller {
  readonly principal: Principal;
  readonly credential: Credential;
}

/** The credential a request carries; an Authorization header wins over a cookie. Null where it carries none. */
export function credentialOf(headers: IncomingHttpHeaders): Credential | null {
  if (headers.authorization !== undefined) {
    const token = /^Bearer +([\w.~+/=-]{1,500})$/i.exec(headers.authorization)?.[1];
    return token === undefined ? null : { kind: "apiToken", tokenHash: hashToken(token) };
  }
  const token = sessionToken(headers.cookie);
  return token === null ? null : { kind: "session", tokenHash: hashToken(token) };
}

/** Asks the database who holds the credential now. @throws DomainError UNAUTHENTICATED. */
export async function authenticate(db: Database, credential: Credential | null): Promise<Caller> {
  const find = credential?.kind === "session" ? sessionByToken : principalByApiToken;
  const principal = credential && (await find(db, credential.tokenHash));
  if (!credential || !principal) {
    throw new DomainError("UNAUTHENTICATED", "Sign in, or send an API token as `Authorization: Bearer <token>`");
  }
  return { principal, credential };
}
