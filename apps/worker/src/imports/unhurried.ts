/** @file Long work of the worker's main process, in pieces: while it goes on, leases are renewed. */
import { setImmediate } from "node:timers/promises";

/** Far below a heartbeat. */
const atOnceMs = 50;

/** @param work stops wherever it may wait. @returns what it returns at its end */
export async function unhurried<T>(work: Generator<void, T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - since < atOnceMs) continue;
    await setImmediate(); // timers and answers of the database come first
    since = performance.now();
  }
}
