/** @file What the database's errors mean to a caller. */
import { DomainError } from "@tessera/domain/errors";

const unavailable = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT", // the server's socket is not there
  "EACCES",
  "ENOTFOUND",
  "53100", // disk full
  "53200", // out of memory
  "53300", // too many connections
  "57P01", // administrator shutdown
  "57P02", // crash shutdown
  "57P03", // starting up
  "25P03", // idle in transaction too long
  "40001",
  "40P01", // deadlock
]);

/** Too large, no date (as in a cursor that somebody wrote), out of its range, no such text, not the text of its type. */
const badValues = new Set(["22003", "22007", "22008", "22021", "22P02", "22P05"]);

interface Fields {
  readonly code?: string;
  readonly constraint_name?: string;
}

export function connectionLost(cause?: unknown): DomainError {
  return new DomainError(
    "UNAVAILABLE",
    "The database connection was lost. What was being written may or may not have been saved: read it again, then try again.",
    {},
    cause,
  );
}

/** A DomainError for what a caller can act on; everything else (a bug of ours) as it came. */
export function toDomainError(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const { code = "", constraint_name: constraint } = error as Error & Fields;
  if (code.startsWith("CONNECTION_") || code.startsWith("08")) return connectionLost(error);
  if (unavailable.has(code)) {
    return new DomainError(
      "UNAVAILABLE",
      `The database cannot do this now: ${error.message}`,
      { sqlState: code },
      error,
    );
  }
  if (code === "23505") {
    return new DomainError(
      "CONFLICT",
      "Something of that name is already there; choose another.",
      { constraint },
      error,
    );
  }
  if (code === "23503") {
    return new DomainError("NOT_FOUND", "This names something that is not in this team.", { constraint }, error);
  }
  if (code === "22023" && error.message.includes("tessera_app")) {
    return new DomainError("UNAVAILABLE", "This database has no tessera_app role: migrate it first.", {}, error);
  }
  if (code === "23514" || badValues.has(code)) {
    return new DomainError("BAD_INPUT", `A value is outside what is allowed: ${error.message}`, { constraint }, error);
  }
  return error;
}
