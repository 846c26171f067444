/** @file What a child says of an error that ends it. */
import { DomainError } from "@tessera/domain/errors";

/** What a person can act on first; where it happened after it, for what is a bug. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof DomainError || error.name === "EngineError") return error.message;
  return (error.stack ?? error.message).split("\n").slice(0, 6).join("\n");
}
