"use client";
import { useEffect, useRef } from "react";

/** Asks again whenever the revision is another one than what was answered: the page hears live of every run that ends. */
export function useRefetchOn(revision: number, refetch: () => Promise<unknown>): void {
  const answered = useRef(revision);
  useEffect(() => {
    if (answered.current === revision) return;
    answered.current = revision;
    void refetch();
  }, [revision, refetch]);
}
