/** @file A decoder child: answers requests of src/imaging/client.ts until its parent disappears. */
import { DomainError } from "@tessera/domain/errors";
import { operations } from "./operations.ts";
import type { Reply, Request } from "./protocol.ts";

/** A client that is gone is told nothing: its end ends this process too. */
const send = (reply: Reply) => process.send?.(reply, undefined, {}, () => undefined);

async function answer({ id, operation, args }: Request): Promise<void> {
  try {
    const call = operations[operation as keyof typeof operations] as (...args: unknown[]) => Promise<unknown>;
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
