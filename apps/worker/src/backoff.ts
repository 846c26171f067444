/** @file Waiting and trying again, without ever throwing for a database that is away for a while. */
import { DomainError } from "@tessera/domain/errors";

/** Resolves after `ms`, or at once when the signal is (or becomes) aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done, { once: true });
  });
}

/**
 * SQLSTATE classes that trying again cannot help: 22 and 23 (the data), 42 (the statement). Everything else (connection,
 * resources, shutdown, a server that is starting) passes, given time.
 */
const lasting = /^(22|23|42)/;

/** True when the same call may succeed later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === "UNAVAILABLE";
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && !lasting.test(code);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Calls until it succeeds, fails for good, or the signal is aborted (then null). Waits 0.25 s, doubling up to 5 s, with jitter.
 * @param onWait told once per wait, to be logged
 */
export async function untilItPasses<T>(
  call: () => Promise<T>,
  signal: AbortSignal,
  onWait: (error: unknown) => void,
): Promise<T | null> {
  for (let wait = 250; !signal.aborted; wait = Math.min(2 * wait, 5000)) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      onWait(error);
    }
    await pause(wait * (0.75 + Math.random() / 2), signal);
  }
  return null;
}
