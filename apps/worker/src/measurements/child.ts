/** @file A measuring child: answers its measurer until that disappears. */
import { constants, setPriority } from "node:os";
import { messageOf } from "../backoff.ts";
import { operations } from "./operations.ts";
import type { Reply, Request } from "./protocol.ts";

setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // whoever trains on this machine goes first

function answer({ operation, task }: Request): Reply {
  try {
    const call = operations[operation as keyof typeof operations] as (task: unknown) => unknown;
    return { type: "value", value: call(task) };
  } catch (error) {
    return { type: "error", message: messageOf(error) };
  }
}

/** A measurer that is gone is told nothing: its end ends this process too. */
const send = (reply: Reply) => process.send?.(reply, undefined, {}, () => undefined);

process.on("message", (request) => send(answer(request as Request)));
process.on("disconnect", () => process.exit(0));
