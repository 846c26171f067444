/** @file Remembers what was computed, by a hash of all it was computed from; so nothing ever has to be invalidated. */
import { createHash } from "node:crypto";

export class ContentCache<Value> {
  private readonly values = new Map<string, Promise<Value>>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** @param content everything that decides the value, as JSON. A failure is not remembered. */
  get(content: unknown, compute: () => Promise<Value>): Promise<Value> {
    const key = createHash("sha256").update(JSON.stringify(content)).digest("base64url");
    const value = this.values.get(key) ?? compute();
    this.values.delete(key); // set again, so that the map's order is the order of use
    this.values.set(key, value);
    value.catch(() => this.values.get(key) === value && this.values.delete(key));
    const oldest = this.values.keys().next().value;
    if (this.values.size > this.most && oldest !== undefined) this.values.delete(oldest);
    return value;
  }

  get size(): number {
    return this.values.size;
  }
}
