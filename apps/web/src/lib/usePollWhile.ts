"use client";
import { useEffect } from "react";

interface Polled {
  startPolling(everyMs: number): void;
  stopPolling(): void;
}

/** Asks a query again and again while something is under way that tells nobody when it is done. */
export function usePollWhile({ startPolling, stopPolling }: Polled, isUnderWay: boolean, everyMs: number): void {
  useEffect(() => {
    if (isUnderWay) startPolling(everyMs);
    return stopPolling;
  }, [isUnderWay, everyMs, startPolling, stopPolling]);
}
