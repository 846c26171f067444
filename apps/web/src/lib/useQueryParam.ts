"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";

/**
 * Writes several pieces of the address at once; an empty value removes its piece. The browser's own history is told, which Next
 * follows: nothing is asked of the server, and of quick changes the last one stays.
 */
export function useSetQuery(): (values: Readonly<Record<string, string>>) => void {
  const pathname = usePathname();
  return (values) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === "") next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    window.history.replaceState(null, "", query ? `${pathname}?${query}` : pathname);
  };
}

/**
 * A piece of a screen's state that lives in its address, so that a link shows the same screen. The address is followed a moment
 * after it was written: until then the screen shows what was written, or a box just ticked would look unticked again.
 */
export function useQueryParam(name: string, fallback: string): [string, (value: string) => void] {
  const address = useSearchParams().get(name) ?? fallback;
  const setQuery = useSetQuery();
  const [written, setWritten] = useState<{ readonly value: string; readonly over: readonly string[] } | null>(null);
  if (written && (written.value === address || !written.over.includes(address))) setWritten(null);
  const set = (value: string) => {
    setWritten((earlier) => ({ value, over: earlier ? [...earlier.over, earlier.value] : [address] }));
    setQuery({ [name]: value === fallback ? "" : value });
  };
  return [written?.value ?? address, set];
}
