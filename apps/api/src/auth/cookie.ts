/** @file The session cookie: read, set, cleared. Its value is a token of which the database knows the hash only. */
import type { Request, Response } from "express";

export const cookieName = "tessera_session";
export const sessionDays = 30;

/** The token in a Cookie header, or null. */
export function sessionToken(header: string | undefined): string | null {
  for (const part of header?.split(";") ?? []) {
    const [name, value] = part.trim().split("=", 2);
    if (name === cookieName && value !== undefined && /^[\w.~-]{1,500}$/.test(value)) return value;
  }
  return null;
}

const options = (request: Request) => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  // behind a proxy that ends TLS, the api itself sees plain HTTP
  secure: request.secure || request.headers["x-forwarded-proto"] === "https",
});

export function setSession(request: Request, response: Response, token: string): void {
  response.cookie(cookieName, token, { ...options(request), maxAge: sessionDays * 86_400_000 });
}

export function clearSession(request: Request, response: Response): void {
  response.clearCookie(cookieName, options(request));
}
