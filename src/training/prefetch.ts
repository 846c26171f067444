/**
 * @file Batches made ahead of their use, at most `depth` of them, handed out in order.
 *
 * What is in a batch is decided by its number alone; only when it is made depends on time. One whose reading fails fails the
 * `next` that would have given it, not before.
 */
export interface PrefetchOptions<T> {
  readonly make: (number: number) => Promise<T>;
  /** The first number, and the one after the last. */
  readonly from: number;
  readonly end: number;
  /** Batches under way or waiting to be taken, at least 1. */
  readonly depth: number;
}

export class Prefetch<T> {
  private readonly options: PrefetchOptions<T>;
  private readonly ahead: Promise<T>[] = [];
  private made: number;

  constructor(options: PrefetchOptions<T>) {
    this.options = options;
    this.made = options.from;
    this.fill();
  }

  /** The next batch; null where `halting` is aborted before it is there. @throws what `make` throws */
  async next(halting: AbortSignal): Promise<T | null> {
    const batch = this.ahead.shift();
    if (batch === undefined) throw new RangeError(`prefetch: there is no batch ${this.options.end}`);
    const result = await unlessAborted(batch, halting);
    this.fill();
    return result;
  }

  private fill(): void {
    const { make, end, depth } = this.options;
    while (this.ahead.length < depth && this.made < end) {
      const batch = make(this.made++);
      batch.catch(() => undefined); // thrown by whoever takes it
      this.ahead.push(batch);
    }
  }
}

const mostAhead = 4;
const mostAheadBytes = 256 * 2 ** 20;

/** As many as fit into 256 MiB, from 1 to 4. @param bytes of one batch */
export const depthFor = (bytes: number): number => Math.max(1, Math.min(mostAhead, Math.floor(mostAheadBytes / bytes)));

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(null);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
