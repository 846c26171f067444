/** @file What went wrong, in the words of the person in front of the screen: what happened, and what to do. */
import { CombinedGraphQLErrors, ServerError } from "@apollo/client";

export interface DescribedError {
  readonly code: string;
  readonly title: string;
  readonly message: string;
  readonly fix: string;
}

const byCode: Record<string, { title: string; fix: string }> = {
  UNAUTHENTICATED: { title: "You are signed out", fix: "Sign in again; you will come back to this page." },
  FORBIDDEN: { title: "Your role does not allow this", fix: "Ask an admin of the team for a higher role." },
  NOT_FOUND: { title: "There is no such thing in this team", fix: "Check the address, or go back to the list." },
  BAD_INPUT: { title: "A value is outside what is allowed", fix: "Correct the value named above and try again." },
  BAD_USER_INPUT: { title: "A value is not of the right kind", fix: "Check the address or the form, and try again." },
  CONFLICT: { title: "This cannot be done in the present state", fix: "Reload to see the present state." },
  FROZEN: { title: "This is frozen", fix: "Make a new version instead of changing this one." },
  STALE_ATTEMPT: { title: "A newer attempt exists", fix: "Reload to see the newest attempt." },
  BAD_FILE: { title: "A file cannot be read", fix: "Replace or leave out the file named above." },
  TOO_LARGE: { title: "Too large", fix: "Send less at once." },
  RATE_LIMITED: { title: "Too many tries", fix: "Wait a minute, then try again." },
  INTERNAL_SERVER_ERROR: {
    title: "The server met a fault",
    fix: "Try again. If it stays, the server’s log says more.",
  },
  UNAVAILABLE: { title: "Tessera’s server cannot be reached", fix: "Check that it is running, then try again." },
};

const unknown = { title: "Something went wrong", fix: "Try again. If it stays, the server’s log says more." };

export function described(code: string, message: string): DescribedError {
  return { code, message, ...(byCode[code] ?? unknown) };
}

function codeOf(extensions: unknown): string {
  const code = (extensions as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "UNKNOWN";
}

export function describeError(error: unknown): DescribedError {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    return described(codeOf(first?.extensions), first?.message ?? error.message);
  }
  if (ServerError.is(error)) {
    try {
      const body = JSON.parse(error.bodyText) as { errors?: { message?: string; extensions?: unknown }[] };
      const first = body.errors?.[0];
      if (first) return described(codeOf(first.extensions), first.message ?? error.message);
    } catch {
      // Not JSON: something between us and the api answered.
    }
    return described(error.statusCode >= 500 ? "UNAVAILABLE" : "UNKNOWN", `The server answered ${error.statusCode}.`);
  }
  if (error instanceof TypeError) return described("UNAVAILABLE", "The request did not reach the server.");
  return described("UNKNOWN", error instanceof Error ? error.message : String(error));
}
