/** @file The one place where errors leave the process, for GraphQL and for plain HTTP alike. */
import { unwrapResolverError } from "@apollo/server/errors";
import { DomainError, type ErrorCode, errorCodes } from "@tessera/domain/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";

const httpStatus: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_INPUT: 400,
  CONFLICT: 409,
  FROZEN: 409,
  STALE_ATTEMPT: 409,
  BAD_FILE: 422,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  NEWER_SCHEMA: 503,
  UNAVAILABLE: 503,
};

/** An error as the outside may see it; undefined where it is a bug, which says nothing outside. */
export function asDomainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return isDatabaseTalk(error) ? withoutDatabaseTalk(error) : error;
  if (!(error instanceof Error)) return undefined;
  const { status } = error as Error & { status?: number };
  // express and its body parser mark what the caller did wrong with a status
  if (status === 413) return new DomainError("TOO_LARGE", "The request is over its size limit", {}, error);
  if (status !== undefined && status >= 400 && status < 500) {
    return new DomainError("BAD_INPUT", "The request cannot be read; send well-formed JSON", {}, error);
  }
  return undefined;
}

/** True where the message may quote the database: table names, socket paths. */
const isDatabaseTalk = (error: DomainError) =>
  error.code === "UNAVAILABLE" || (error.cause instanceof Error && error.cause.name === "PostgresError");

function withoutDatabaseTalk(error: DomainError): DomainError {
  console.error(error);
  const speaksForItself = error.code === "CONFLICT" || error.code === "NOT_FOUND";
  return new DomainError(error.code, speaksForItself ? error.message : errorCodes[error.code], {}, error);
}

/** A domain error keeps its code and details; a bug keeps its stack in our log and says nothing outside. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const known = asDomainError(cause);
  if (known) return { ...formatted, message: known.message, extensions: { ...known.details, code: known.code } };
  // what is wrong with the document itself; what a resolver threw was unwrapped above
  if (cause instanceof GraphQLError && formatted.extensions?.code !== "INTERNAL_SERVER_ERROR") return formatted;
  console.error(cause);
  return { message: "Internal server error", path: formatted.path, extensions: { code: "INTERNAL_SERVER_ERROR" } };
}

/** Status and body of a refused plain HTTP request: the shape of GraphQL errors, so that a client reads one shape. */
export function httpError(error: unknown): { status: number; body: { errors: GraphQLFormattedError[] } } {
  const known = asDomainError(error);
  if (!known) {
    console.error(error);
    const extensions = { code: "INTERNAL_SERVER_ERROR" };
    return { status: 500, body: { errors: [{ message: "Internal server error", extensions }] } };
  }
  const extensions = { ...known.details, code: known.code };
  return { status: httpStatus[known.code], body: { errors: [{ message: known.message, extensions }] } };
}
