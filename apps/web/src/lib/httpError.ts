/** @file Errors of the plain HTTP routes (/auth, /files) carry the same codes as GraphQL's. */
import { type DescribedError, described } from "./describeError.ts";

const byStatus: Record<number, string> = {
  400: "BAD_INPUT",
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "TOO_LARGE",
  429: "RATE_LIMITED",
};

interface ErrorBody {
  readonly message?: string;
  readonly code?: string;
  readonly error?: { readonly message?: string; readonly code?: string };
  readonly errors?: readonly { readonly message?: string; readonly extensions?: { readonly code?: string } }[];
}

export async function describeResponse(response: Response): Promise<DescribedError> {
  const body = ((await response.json().catch(() => null)) ?? {}) as ErrorBody;
  const inner = body.error ?? body.errors?.[0] ?? body;
  const named = "code" in inner ? inner.code : "extensions" in inner ? inner.extensions?.code : undefined;
  const code = named ?? byStatus[response.status] ?? (response.status >= 500 ? "UNAVAILABLE" : "UNKNOWN");
  return described(code, inner.message ?? `The server answered ${response.status}.`);
}
