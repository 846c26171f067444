/**
 * @file The source of one subscription: everything at first, then what is new after each change.
 *
 * Changes while a push is on its way are one push. Before every push the caller's session or token is asked again.
 * An async generator would not do: it cannot be ended while it waits.
 */
import type { Context } from "../context.ts";

/** What goes through the GraphQL resolver: a value, or why there is none and the stream ends. */
export type Update<T> = { readonly value: T } | { readonly error: unknown };

export class Updates<T> implements AsyncIterableIterator<Update<T>> {
  private readonly context: Context;
  private readonly load: () => Promise<T>;
  private readonly ready: Promise<void>;
  private readonly stopWatching: () => void;
  private changed = true; // the first push waits for nothing
  private ended = false;
  private wake: (() => void) | undefined;

  /** @param load what is new since it was called last */
  constructor(context: Context, runIds: readonly string[], load: () => Promise<T>) {
    this.context = context;
    this.load = load;
    const { ready, stop } = context.services.feeds.watch(context.teamId, runIds, () => {
      this.changed = true;
      this.wake?.();
    });
    this.ready = ready;
    this.stopWatching = stop;
  }

  async next(): Promise<IteratorResult<Update<T>>> {
    await this.ready;
    while (!this.changed && !this.ended) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.ended) return { done: true, value: undefined };
    this.changed = false;
    try {
      await this.context.authenticateAgain();
      this.context.renewLoaders();
      return { done: false, value: { value: await this.load() } };
    } catch (error) {
      await this.return();
      return { done: false, value: { error } };
    }
  }

  async return(): Promise<IteratorResult<Update<T>>> {
    this.ended = true;
    this.stopWatching();
    this.wake?.();
    return { done: true, value: undefined };
  }

  async throw(): Promise<IteratorResult<Update<T>>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** @throws what kept the update from being made, as the GraphQL error of this push. */
export function unwrap<T>(update: Update<T>): T {
  if ("error" in update) throw update.error;
  return update.value;
}
