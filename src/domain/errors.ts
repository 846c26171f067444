/**
 * @file The one table of error codes, and the error that carries one.
 *
 * A message says what was expected, what came, and what to do. `details` holds the same facts as data.
 */
export const errorCodes = {
  UNAUTHENTICATED: "Nobody is signed in, or the token is unknown, expired or revoked",
  FORBIDDEN: "The signed-in person's role does not allow this",
  NOT_FOUND: "No such thing in this team",
  BAD_INPUT: "A value is outside what is allowed",
  CONFLICT: "The state of the thing does not allow this, or the name is taken",
  FROZEN: "A frozen thing (label version, split, evaluation) cannot change",
  STALE_ATTEMPT: "A newer attempt of this run exists; only the newest may write",
  BAD_FILE: "A file cannot be read as what it claims to be",
  TOO_LARGE: "A file or request is over its limit",
  RATE_LIMITED: "Too many tries; wait and try again",
  NEWER_SCHEMA: "The database was written by a newer version of Tessera",
  UNAVAILABLE: "Something this needs (database, library, disk, port) is missing; trying again later may help",
} as const;

export type ErrorCode = keyof typeof errorCodes;

export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}
