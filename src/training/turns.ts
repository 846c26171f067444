/** @file Long work in parts: a generator that yields wherever the event loop may have its turn. */
import { setImmediate as nextTurn } from "node:timers/promises";

export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The event loop runs between the parts; nothing that the work reads may change meanwhile. */
export async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await nextTurn();
  }
}
