/** @file A process that is started again when it ends by itself: one dead worker must not take the product down. */
import { setTimeout as pause } from "node:timers/promises";
import type { RunningProcess } from "./child.ts";

const firstPauseMs = 1000;
const longestPauseMs = 30_000;
/** A process that lived this long did not fail at its start: the next pause is short again. */
const healthyMs = 60_000;

/** @param onRestart called after each new start, when `pid` has changed */
export async function startRestarted(
  start: () => Promise<{ process: RunningProcess }>,
  say: (text: string) => void,
  onRestart: () => void,
): Promise<RunningProcess> {
  let { process: current } = await start();
  const stopping = new AbortController();
  const { signal } = stopping;

  const watch = async () => {
    let wait = firstPauseMs;
    while (!signal.aborted) {
      const startedAt = Date.now();
      const why = await current.ended;
      if (signal.aborted) return;
      wait = Date.now() - startedAt > healthyMs ? firstPauseMs : wait;
      say(`${current.name} ${why}; starting it again in ${wait / 1000} s`);
      await pause(wait, undefined, { signal }).catch(() => undefined); // aborted: it stops
      wait = Math.min(wait * 2, longestPauseMs);
      if (signal.aborted) return;
      try {
        current = (await start()).process;
        onRestart();
      } catch (error) {
        say((error as Error).message);
      }
    }
  };
  const watching = watch();

  return {
    name: current.name,
    get pid() {
      return current.pid;
    },
    ended: new Promise<string>(() => undefined),
    async stop() {
      stopping.abort();
      await current.stop();
      await watching;
      await current.stop(); // one that was being started meanwhile
    },
  };
}
