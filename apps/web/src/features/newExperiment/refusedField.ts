/** @file The field that the api names in a refusal. */
import { CombinedGraphQLErrors } from "@apollo/client";

/** Null: none, or of the network. */
export function fieldOf(error: unknown): string | null {
  const field = CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions?.field : null;
  return typeof field === "string" ? field : null;
}
