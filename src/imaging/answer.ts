/** @file A decoder child: answers requests of a pool until its parent disappears. */
import { DomainError } from "@tessera/domain/errors";
import type { Reply, Request } from "./protocol.ts";

/** A client that is gone is told nothing: its end ends this process too. */
const send = (reply: Reply) => process.send?.(reply, undefined, {}, () => undefined);

/** @param operations by name, each of plain arguments */
export function answerRequests(operations: Readonly<Record<string, unknown>>): void {
  async function answer({ id, operation, args }: Request): Promise<void> {
    try {
      const call = operations[operation] as (...args: unknown[]) => unknown;
      send({ type: "value", id, value: await call(...args) });
    } catch (error) {
      const known = error instanceof DomainError;
      const message = error instanceof Error ? error.message : String(error);
      send({ type: "error", id, code: known ? error.code : null, message, details: known ? error.details : {} });
    }
  }
  process.on("message", (request) => void answer(request as Request));
  process.on("disconnect", () => process.exit(0));
  send({ type: "ready" });
}
