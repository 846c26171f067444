/**
 * @file Counts tries per key in a sliding window. Per process: n api processes allow n times as many tries, which
 * still leaves a password guess hopeless; what must be exact does not belong here.
 */
import { DomainError } from "@tessera/domain/errors";

export class TryLimit {
  private readonly tries = new Map<string, { count: number; until: number }>();
  private readonly limit: number;
  private readonly windowMs: number;
  private readonly now: () => number;
  /** Keys remembered at most; the oldest is forgotten first. */
  private readonly keys = 10_000;

  constructor(limit: number, windowMs: number, now: () => number = Date.now) {
    this.limit = limit;
    this.windowMs = windowMs;
    this.now = now;
  }

  /** Notes one try. @throws DomainError RATE_LIMITED from try `limit` + 1 on, until the window has passed. */
  take(key: string): void {
    const now = this.now();
    const entry = this.tries.get(key);
    const current = entry && entry.until > now ? entry : { count: 0, until: now + this.windowMs };
    if (current.count >= this.limit) {
      const seconds = Math.ceil((current.until - now) / 1000);
      throw new DomainError("RATE_LIMITED", `Too many tries; wait ${seconds} s and try again`, { seconds });
    }
    current.count++;
    this.tries.delete(key); // set again, so that the map's order is the order of use
    this.tries.set(key, current);
    const oldest = this.tries.keys().next().value;
    if (this.tries.size > this.keys && oldest !== undefined) this.tries.delete(oldest);
  }

  /** Forgets a key: after a success its earlier failures do not count. */
  clear(key: string): void {
    this.tries.delete(key);
  }
}
